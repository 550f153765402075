import { isSignallable, parseSignal } from '@tsvisor/core';
import type { Process } from '@tsvisor/core';
import { Double, fault, pythonRepr } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import type { MethodHandlers } from './context.ts';
import { faulting } from './faults.ts';
import { find, findGroup } from './names.ts';
import { inPriorityOrder, membersInOrder } from './order.ts';
import { actOnAll } from './statuses.ts';

export const signalMethods: MethodHandlers<
  'signalProcess' | 'signalProcessGroup' | 'signalAllProcesses'
> = {
  signalProcess: ({ supervisor }, name = null, signal = null) => {
    const { text, process, group } = find(supervisor, name);
    if (group !== undefined) return signalAll(membersInOrder(group), signal);
    send(signal)(process, text);
    return true;
  },
  signalProcessGroup: ({ supervisor }, name = null, signal = null) =>
    signalAll(membersInOrder(findGroup(supervisor, name)), signal),
  signalAllProcesses: ({ supervisor }, signal = null) =>
    signalAll(inPriorityOrder(supervisor), signal),
};

/** Processes that are not there are left out; a bad signal is told for each of the others. */
const signalAll = (processes: readonly Process[], signal: RpcValue): Promise<RpcValue> =>
  actOnAll(
    processes.filter((process) => isSignallable(process.state)),
    send(signal),
  );

const send =
  (signal: RpcValue) =>
  (process: Process, name: string): undefined => {
    const number = signalNumber(signal);
    if (number === undefined) throw fault('BAD_SIGNAL', signal);
    faulting(name, () => process.signal(number));
    return undefined;
  };

/**
 * Numbers are cut as integers are: 1.9 is 1, true is 1.
 *
 * @throws {Error} for what is neither text nor number: supervisord, too, answers HTTP 500
 */
function signalNumber(signal: RpcValue): number | undefined {
  if (typeof signal === 'string') return parseSignal(signal);
  if (signal instanceof Double) return parseSignal(Math.trunc(signal.value));
  if (typeof signal === 'boolean') return parseSignal(Number(signal));
  if (typeof signal === 'number') return parseSignal(signal);
  if (typeof signal === 'bigint') return undefined;
  throw new Error(`a signal is a name or a number, not ${pythonRepr(signal)}`);
}
