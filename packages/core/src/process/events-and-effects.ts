/** What happens to a process, and what is to be done about it: the two sides of its table. */
import type { ProcessConfig } from '@tsvisor/config';

import type { ExitStatus } from './exit-status.ts';
import type { Facts } from './facts.ts';
import type { ProcessState } from './states.ts';

export type TimerEvent =
  | 'stayed-up'
  | 'backoff-elapsed'
  /** It has failed once more than it may be tried again; what has ended with it is told of first. */
  | 'retries-spent'
  | 'stop-timed-out'
  | 'restart-due';

export type ProcessEvent =
  /** `at`: wall clock, ms. */
  | { readonly type: 'start'; readonly at: number }
  | { readonly type: 'spawned'; readonly pid: number }
  | { readonly type: 'spawn-failed'; readonly why: string }
  | {
      readonly type: 'exited';
      readonly at: number;
      readonly ranSeconds: number;
      readonly status: ExitStatus;
    }
  | { readonly type: 'stop' }
  /** No more time: SIGKILL now. */
  | { readonly type: 'kill' }
  /** The whole supervisor goes down: what only waits to be tried again is given up. */
  | { readonly type: 'give-up' }
  | { readonly type: 'signal-failed' }
  | { readonly type: TimerEvent; readonly at: number };

export type Effect =
  /** Tell everybody that the state has changed. */
  | {
      readonly type: 'announce';
      readonly from: ProcessState;
      readonly to: ProcessState;
      readonly expected?: boolean;
    }
  | { readonly type: 'spawn' }
  | { readonly type: 'set-timer'; readonly fires: TimerEvent; readonly seconds: number }
  /** The stop signal or SIGKILL; `wholeGroup`: to the process group. */
  | { readonly type: 'signal'; readonly signal: number; readonly wholeGroup: boolean }
  /** Tell its group that no child is left: the state, which stays, does not say so. */
  | { readonly type: 'tell-gone' }
  /** The same event once more, now that the state is another. */
  | { readonly type: 'again'; readonly event: ProcessEvent }
  | { readonly type: 'say'; readonly what: Saying };

/** What the main log is told; the words are in sayings.ts. */
export type Saying =
  | { readonly type: 'spawn-error'; readonly why: string }
  | { readonly type: 'success' }
  | { readonly type: 'gave-up' }
  | { readonly type: 'exited'; readonly status: ExitStatus; readonly expected: boolean }
  | { readonly type: 'stopped'; readonly status: ExitStatus; readonly expected: boolean }
  | { readonly type: 'kill-in-backoff' }
  | { readonly type: 'killing'; readonly signal: number; readonly wholeGroup: boolean }
  | { readonly type: 'escalating' };

export type Policy = Pick<
  ProcessConfig,
  | 'autorestart'
  | 'startSeconds'
  | 'startRetries'
  | 'stopSignal'
  | 'stopWaitSeconds'
  | 'stopAsGroup'
  | 'killAsGroup'
  | 'exitCodes'
> & {
  /** Whether the supervisor is RUNNING: nothing is started by itself while it goes down. */
  readonly supervising: boolean;
};

export type Step = readonly [next: Facts, effects: readonly Effect[]];
