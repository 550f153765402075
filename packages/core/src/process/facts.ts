import type { ProcessState } from './states.ts';

/** All that is known of a process; plain values, so that it could be written down and read back. */
export interface Facts {
  readonly state: ProcessState;
  /** 0: none. */
  readonly pid: number;
  /** Wall clock, ms; 0: never. Set by every start, also by one that came to nothing. */
  readonly startedAt: number;
  /** When it was last reaped; 0: never. */
  readonly stoppedAt: number;
  /** Failed starts in a row. A stop does not reset it. */
  readonly backoff: number;
  /** null: none, or not known since it exited too quickly. -1: ended by a signal. */
  readonly exitStatus: number | null;
  /** What ended it, if that was a signal. */
  readonly endedBy: number | null;
  readonly spawnError: string | null;
  /** How often it has been spawned. */
  readonly spawns: number;
}

export const neverStarted: Facts = {
  state: 'STOPPED',
  pid: 0,
  startedAt: 0,
  stoppedAt: 0,
  backoff: 0,
  exitStatus: null,
  endedBy: null,
  spawnError: null,
  spawns: 0,
};
