import type { Process } from '@tsvisor/core';
import { fault, pythonTruth } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import type { MethodHandlers } from './context.ts';
import { faultFrom, faulting } from './faults.ts';
import { find, findGroup } from './names.ts';
import { inPriorityOrder, membersInOrder } from './order.ts';
import { actOnAll } from './statuses.ts';
import type { Act } from './statuses.ts';

/** Starting and stopping (rpc.md §11). Both go up the priorities; only shutdown goes down. */
export const controlMethods: MethodHandlers<
  | 'startProcess'
  | 'startProcessGroup'
  | 'startAllProcesses'
  | 'stopProcess'
  | 'stopProcessGroup'
  | 'stopAllProcesses'
> = {
  startProcess: ({ supervisor }, name = null, wait = null) => {
    const { text, process, group } = find(supervisor, name);
    if (group !== undefined) return startAll(membersInOrder(group), wait);
    return succeed(start(pythonTruth(wait))(process, text));
  },
  startProcessGroup: ({ supervisor }, name = null, wait = null) =>
    startAll(membersInOrder(findGroup(supervisor, name)), wait),
  startAllProcesses: ({ supervisor }, wait = null) => startAll(inPriorityOrder(supervisor), wait),
  stopProcess: ({ supervisor }, name = null, wait = null) => {
    const { text, process, group } = find(supervisor, name);
    if (group !== undefined) return stopAll(membersInOrder(group), wait);
    return succeed(stop(pythonTruth(wait))(process, text));
  },
  stopProcessGroup: ({ supervisor }, name = null, wait = null) =>
    stopAll(membersInOrder(findGroup(supervisor, name)), wait),
  stopAllProcesses: ({ supervisor }, wait = null) => stopAll(inPriorityOrder(supervisor), wait),
};

const startAll = (processes: readonly Process[], wait: RpcValue): Promise<RpcValue> =>
  actOnAll(
    processes.filter((process) => !process.isRunning),
    start(pythonTruth(wait)),
  );

const stopAll = (processes: readonly Process[], wait: RpcValue): Promise<RpcValue> =>
  actOnAll(
    processes.filter((process) => process.isRunning),
    stop(pythonTruth(wait)),
  );

const start =
  (wait: boolean): Act =>
  (process, name) => {
    faulting(name, () => process.beginStart());
    if (!wait || process.state === 'RUNNING') return undefined;
    return waiting(name, process.whenStarted());
  };

const stop =
  (wait: boolean): Act =>
  (process, name) => {
    const { pid } = process;
    faulting(name, () => process.beginStop());
    // Its signal was refused: nobody knows what becomes of it.
    if (process.state === 'UNKNOWN') {
      throw fault('FAILED', `unknown problem killing ${process.name} (${pid})`);
    }
    if (!wait || process.isStopped) return undefined;
    return waiting(name, process.whenStopped());
  };

async function waiting(name: string, done: Promise<void>): Promise<undefined> {
  try {
    await done;
  } catch (error) {
    throw faultFrom(error, name);
  }
}

const succeed = (done: undefined | Promise<undefined>): true | Promise<true> =>
  done === undefined || done.then(() => true as const);
