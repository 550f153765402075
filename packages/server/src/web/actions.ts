import { Fault, faults } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { ctime } from './ctime.ts';

/** What the pages ask to be done, by the names of the wire. */
export type Call = (method: string, parameters: readonly RpcValue[]) => Promise<RpcValue>;

export interface Action {
  readonly action: string;
  /** As given: `name` or `group:name`. */
  readonly processName: string | undefined;
  readonly call: Call;
  readonly isProcess: (name: string) => boolean;
  readonly now: () => Date;
}

/**
 * Performs one action of the status page and words what came of it (web.md §2).
 *
 * @throws {Error} an action that there is not
 */
export async function performAction(request: Action): Promise<string> {
  const { action, processName, isProcess } = request;
  const forAll = actionsForAll.get(action);
  if (forAll !== undefined) return forAll(request);
  if (processName === undefined) throw new Error(`no such action: ${action}`);
  if (!isProcess(processName)) return `No such process named ${processName}`;
  const forOne = actionsForOne.get(action);
  if (forOne === undefined) throw new Error(`no such action: ${action}`);
  return forOne(request.call, processName);
}

const actionsForAll: ReadonlyMap<string, (request: Action) => Promise<string>> = new Map([
  ['refresh', async ({ now }) => `Page refreshed at ${ctime(now())}`],
  [
    'stopall',
    async ({ call, now }) => {
      await call('supervisor.stopAllProcesses', []);
      return `All stopped at ${ctime(now())}`;
    },
  ],
  [
    'restartall',
    async ({ call, now }) => {
      await quietly(call('supervisor.stopAllProcesses', []));
      await quietly(call('supervisor.startAllProcesses', []));
      return `All restarted at ${ctime(now())}`;
    },
  ],
]);

const actionsForOne: ReadonlyMap<string, (call: Call, name: string) => Promise<string>> = new Map([
  [
    'start',
    (call, name) =>
      told(call('supervisor.startProcess', [name]), `Process ${name} started`, (fault) => {
        return `ERROR: Process ${name}: ${startErrors.get(fault.code) ?? unexpected(fault)}`;
      }),
  ],
  [
    'stop',
    (call, name) =>
      told(call('supervisor.stopProcess', [name]), `Process ${name} stopped`, unexpected),
  ],
  [
    'restart',
    // Whatever happened, that is what the page has always said.
    async (call, name) => {
      await quietly(call('supervisor.stopProcess', [name]));
      await quietly(call('supervisor.startProcess', [name]));
      return `Process ${name} restarted`;
    },
  ],
  [
    'clearlog',
    (call, name) =>
      told(call('supervisor.clearProcessLogs', [name]), `Log for ${name} cleared`, unexpected),
  ],
]);

const startErrors: ReadonlyMap<number, string> = new Map([
  [faults.NO_FILE.code, 'no such file'],
  [faults.NOT_EXECUTABLE.code, 'file not executable'],
  [faults.ALREADY_STARTED.code, 'already started'],
  [faults.SPAWN_ERROR.code, 'spawn error'],
  [faults.ABNORMAL_TERMINATION.code, 'abnormal termination'],
]);

export const unexpected = (fault: Fault): string =>
  `unexpected rpc fault [${fault.code}] ${fault.text}`;

async function told(
  done: Promise<RpcValue>,
  success: string,
  failure: (fault: Fault) => string,
): Promise<string> {
  try {
    await done;
    return success;
  } catch (error) {
    if (error instanceof Fault) return failure(error);
    throw error;
  }
}

async function quietly(done: Promise<RpcValue>): Promise<void> {
  try {
    await done;
  } catch {
    // The page says nothing of it.
  }
}
