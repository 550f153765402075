/** Starting and stopping to the end, in the words of a program that waits for it. */
import { SupervisorError } from '../errors.ts';
import { tolerated } from '../tolerated.ts';
import type { Facts } from './facts.ts';
import { isProcessState, isStopped } from './states.ts';
import type { ProcessState } from './states.ts';
import type { Watchers } from './watchers.ts';

/** How long whoever waits is ready to wait. */
export interface WaitOptions {
  /** Gives the waiting up, with its reason; what was asked for goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** What is needed here of a process. */
export interface Steered {
  readonly name: string;
  readonly state: ProcessState;
  readonly isRunning: boolean;
  readonly isStopped: boolean;
  readonly facts: Facts;
  beginStart(): void;
  beginStop(): void;
  waitFor(states: readonly ProcessState[], options?: WaitOptions): Promise<ProcessState>;
}

const settled = ['RUNNING', 'STOPPED', 'EXITED', 'FATAL', 'UNKNOWN'] as const;
const stopped = settled.filter(isStopped);

export async function start(process: Steered, options: WaitOptions): Promise<boolean> {
  options.signal?.throwIfAborted();
  if (process.state === 'STOPPING') await process.waitFor(stopped, options);
  if (process.state === 'RUNNING') return false;
  const isOurs = !process.isRunning;
  if (isOurs) begin(process);
  // Asked for by a listener to one of its own events, it starts once all have been told of that.
  if (process.isStopped) await Promise.resolve();
  const state = await process.waitFor(settled, options);
  if (state === 'RUNNING') return isOurs;
  const why = process.facts.spawnError ?? `it is ${state}`;
  throw new SupervisorError('ABNORMAL_TERMINATION', `${process.name}: ${why}`);
}

/** A first attempt that failed is tried again by itself. */
function begin(process: Steered): void {
  try {
    process.beginStart();
  } catch (error) {
    const isRetried = error instanceof SupervisorError && error.code === 'SPAWN_ERROR';
    if (!isRetried || !process.isRunning) throw error;
  }
}

export async function stop(process: Steered, options: WaitOptions): Promise<boolean> {
  options.signal?.throwIfAborted();
  if (process.isStopped) return false;
  if (process.isRunning) process.beginStop();
  const state = await process.waitFor(stopped, options);
  if (state === 'UNKNOWN') {
    throw new SupervisorError(
      'FAILED',
      `${process.name} (pid ${process.facts.pid}) cannot be stopped`,
    );
  }
  return true;
}

export function waitFor(
  process: { readonly state: ProcessState },
  watchers: Pick<Watchers, 'until'>,
  states: ProcessState | readonly ProcessState[],
  signal: AbortSignal | undefined,
): Promise<ProcessState> {
  const wanted = typeof states === 'string' ? [states] : states;
  const unknown = wanted.find((one) => !isProcessState(one));
  if (unknown !== undefined) {
    return Promise.reject(new SupervisorError('BAD_ARGUMENTS', `there is no state ${unknown}`));
  }
  let { state } = process;
  const isWanted = (): boolean => {
    ({ state } = process);
    return wanted.includes(state);
  };
  return tolerated(watchers.until(isWanted, signal).then(() => state));
}
