import type { EventType } from '../../src/events/types.ts';

/** What a listener may write. */
export const sayings = {
  ready: 'READY\n',
  ok: 'RESULT 2\nOK',
  'ok, ready': 'RESULT 2\nOKREADY\n',
  fail: 'RESULT 4\nFAIL',
  broken: 'RESULT 5\nBREAK',
  half: 'RESULT 2\nO',
  rest: 'K',
  garbage: 'what is this?\n',
} as const;
export type Saying = keyof typeof sayings;

/**
 * One thing that happens. Plain data, so that a list of them can be written down; what does not
 * apply, such as the exit of a process that is not there, does nothing. `process` is
 * `group:process`, or `.` for the one that an event is about.
 */
export type Step =
  | { readonly do: 'start' | 'start and wait' | 'restart'; readonly process: string }
  | { readonly do: 'stop' | 'stop and wait'; readonly process: string }
  /** One that was removed, by somebody who still knows it. */
  | { readonly do: 'start removed' }
  /** By somebody who waits until it is done. */
  | { readonly do: 'steer'; readonly to: 'start' | 'stop' | 'restart'; readonly process: string }
  | { readonly do: 'start group' | 'stop group'; readonly group: string }
  | { readonly do: 'start all' | 'stop all' }
  | { readonly do: 'signal'; readonly process: string; readonly signal: number }
  | { readonly do: 'stdin' | 'clog stdin' | 'read stdin' | 'close stdin'; readonly process: string }
  | { readonly do: 'clear logs'; readonly process: string }
  | { readonly do: 'reopen logs' }
  /** Its child dies; `reap`: and SIGCHLD arrives. */
  | {
      readonly do: 'exit';
      readonly process: string;
      readonly status: number;
      readonly reap: boolean;
    }
  /** All that have been sent their stop signal, or SIGKILL, die of it. */
  | { readonly do: 'obey'; readonly signals: 'all' | 'SIGKILL' }
  | { readonly do: 'reap' }
  /** A child of unknown origin dies; `reused`: it had the pid of the one that was reaped last. */
  | { readonly do: 'stranger'; readonly status: number; readonly reused: boolean }
  /** A program has left it, and it would outlive us. */
  | { readonly do: 'leave behind'; readonly pid: number }
  /** The next child has the pid of the one that was reaped last. */
  | { readonly do: 'reuse pid' }
  | { readonly do: 'fail spawn' | 'fail pipe' | 'fail socket'; readonly code: string }
  | { readonly do: 'stillborn' }
  /** The next signal to it fails. */
  | { readonly do: 'fail kill'; readonly process: string; readonly code: 'ESRCH' | 'EPERM' }
  | {
      readonly do: 'output' | 'leave in pipe';
      readonly process: string;
      readonly fd: 1 | 2;
      readonly bytes: number;
    }
  | { readonly do: 'end output'; readonly process: string; readonly fd: 1 | 2 }
  | { readonly do: 'say' | 'leave saying'; readonly process: string; readonly what: Saying }
  | { readonly do: 'advance'; readonly ms: number }
  /** Time passes while something takes long: what is due happens later. */
  | { readonly do: 'lag'; readonly ms: number }
  /** From now on a spawn takes so long. */
  | { readonly do: 'slow spawn'; readonly ms: number }
  /** The wall clock is set. */
  | { readonly do: 'set clock'; readonly byMs: number }
  | { readonly do: 'reread' | 'update'; readonly variant: number }
  | { readonly do: 'update group'; readonly variant: number; readonly group: string }
  | { readonly do: 'add group' | 'remove group'; readonly group: string }
  | { readonly do: 'create group'; readonly group: string; readonly variant: number }
  | { readonly do: 'add process'; readonly process: string; readonly variant: number }
  | { readonly do: 'remove process'; readonly process: string }
  | { readonly do: 'hurry' }
  | { readonly do: 'shutdown'; readonly mood: 'SHUTDOWN' | 'RESTARTING' }
  /** At the next event of this type, while it is being told. */
  | { readonly do: 'when'; readonly event: EventType; readonly react: Step };

/** The step of this name. */
export type StepOf<D extends Step['do'], S = Step> = S extends { readonly do: infer N }
  ? D extends N
    ? S & { readonly do: D }
    : never
  : never;

/** How a life begins. */
export interface Setting {
  readonly variant: number;
  readonly reap: 'any' | 'own';
  readonly order: 'priority' | 'serial';
  readonly timeoutSeconds: number;
  /** It is pid 1: what programs leave behind is swept. */
  readonly isInit: boolean;
}
