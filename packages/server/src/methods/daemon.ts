import { supervisorStates } from '@tsvisor/core';
import { fault, pythonInt, pythonStr } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import type { MethodHandlers } from './context.ts';
import { faulting } from './faults.ts';
import { checkModules, nameModules } from './modules.ts';

/** The version of the interface; clients refuse to talk to another. */
const API_VERSION = '3.0';

export const daemonMethods: MethodHandlers<
  | 'getAPIVersion'
  | 'getSupervisorVersion'
  | 'getIdentification'
  | 'getState'
  | 'getPID'
  | 'readLog'
  | 'clearLog'
  | 'shutdown'
  | 'restart'
  | 'reloadConfig'
  | 'sendRemoteCommEvent'
> = {
  getAPIVersion: () => API_VERSION,
  getSupervisorVersion: ({ daemon }) => daemon.version,
  getIdentification: ({ daemon }) => daemon.identifier,
  getState: ({ supervisor: { state } }) => ({
    statecode: supervisorStates[state],
    statename: state,
  }),
  getPID: ({ daemon }) => daemon.pid,
  readLog: ({ mainLog }, offset = null, length = null) =>
    faulting('', () =>
      mainLog.read(Number(pythonInt(offset)), Number(pythonInt(length))).toString(),
    ),
  clearLog: ({ mainLog }) => {
    faulting('', () => mainLog.clear());
    return true;
  },
  shutdown: ({ daemon }) => {
    daemon.stop('SHUTDOWN');
    return true;
  },
  restart: ({ daemon }) => {
    daemon.stop('RESTARTING');
    return true;
  },
  reloadConfig: ({ supervisor, daemon }) => {
    const config = loadConfig(daemon.loadConfig);
    const take = (): RpcValue => {
      const { added, changed, removed } = supervisor.reread(config);
      return [[added, changed, removed]];
    };
    if (!nameModules(config.rpcInterfaces)) return take();
    // They are looked at, but only a restart makes interfaces anew.
    return checkModules(config).then(take, refuse);
  },
  sendRemoteCommEvent: ({ supervisor }, kind = null, data = null) => {
    supervisor.events.emit({
      type: 'REMOTE_COMMUNICATION',
      kind: pythonStr(kind),
      data: pythonStr(data),
    });
    return true;
  },
};

function loadConfig<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  const { code, message } = error as { code?: unknown; message: string };
  if (code !== 'CONFIG' && code !== 'RPC_INTERFACE') throw error;
  // Where it is, for those who ask by other ways than XML-RPC.
  throw Object.assign(fault('CANT_REREAD', message), { cause: error });
}
