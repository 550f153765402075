import type { Process } from '../../../src/process/process.ts';
import type { ProcessState } from '../../../src/process/states.ts';

/** A child as the kernel knows it. */
export interface Life {
  readonly pid: number;
  readonly account: Account;
  readonly startedMs: number;
  /** Descriptors of ours that it takes. */
  readonly fds: number;
  /** It never came to execute its command. */
  readonly isStillborn: boolean;
  /** It has been told to stop, or has been killed. */
  signalled: 'no' | 'stop' | 'SIGKILL';
  isDead: boolean;
  /** Nothing that is written to its stdin is read any more. */
  isInputClosed: boolean;
  /** It could not be signalled. */
  isLost: boolean;
}

/** An end that has been collected, and that somebody is to be told of. */
export interface End {
  readonly pid: number;
  readonly code: number;
  readonly ranMs: number;
  readonly from: ProcessState;
}

/** What has been seen of a process from outside: by its events, and by what the kernel was asked for. */
export interface Account {
  readonly key: string;
  readonly process: Process;
  /** By the events. */
  state: ProcessState;
  /** Since when, by the clock that never steps back. */
  sinceMs: number;
  child: Life | undefined;
  /** Of the last start, by both clocks. */
  startedMs: number;
  startedAt: number;
  endedAt: number;
  exitCode: number | null;
  /** When it starts again, if it is to. */
  restartDueMs: number;
  /** Failed starts in a row. */
  failures: number;
  /** Spawns that failed and were not told of yet. */
  untoldFailures: number;
  untoldEnd: End | undefined;
  /** Since when it is there. */
  readonly createdMs: number;
  /** How many wait for it to start, stop or restart to the end, and see to that meanwhile. */
  steering: number;
  /** Somebody wants it to start, or to stop. */
  isAskedToStart: boolean;
  isAskedToStop: boolean;
  /** When it will have been killed, if it does not stop. */
  killDueMs: number;
  /** What it wrote and we must have taken, and what is still in its pipes. */
  readonly written: { stdout: number; stderr: number };
  readonly inPipe: { stdout: number; stderr: number };
  readonly isOutputEnded: { stdout: boolean; stderr: boolean };
}

export const newAccount = (key: string, process: Process, createdMs: number): Account => ({
  key,
  process,
  state: 'STOPPED',
  sinceMs: 0,
  child: undefined,
  startedMs: -Infinity,
  startedAt: 0,
  endedAt: 0,
  exitCode: null,
  restartDueMs: 0,
  failures: 0,
  untoldFailures: 0,
  untoldEnd: undefined,
  createdMs,
  steering: 0,
  isAskedToStart: false,
  isAskedToStop: false,
  killDueMs: Infinity,
  written: { stdout: 0, stderr: 0 },
  inPipe: { stdout: 0, stderr: 0 },
  isOutputEnded: { stdout: false, stderr: false },
});
