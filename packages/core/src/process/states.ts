/** State names and their codes on the wire (process.md §1). */
export const processStates = {
  STOPPED: 0,
  STARTING: 10,
  RUNNING: 20,
  BACKOFF: 30,
  STOPPING: 40,
  EXITED: 100,
  FATAL: 200,
  UNKNOWN: 1000,
} as const;

/** The states of a process, as `status` prints them. */
export type ProcessState = keyof typeof processStates;

/** Code without types may ask for any. */
export const isProcessState = (name: string): boolean => Object.hasOwn(processStates, name);

const stoppedStates: ReadonlySet<ProcessState> = new Set(['STOPPED', 'EXITED', 'FATAL', 'UNKNOWN']);
const runningStates: ReadonlySet<ProcessState> = new Set(['STARTING', 'RUNNING', 'BACKOFF']);
const signallableStates: ReadonlySet<ProcessState> = new Set(['STARTING', 'RUNNING', 'STOPPING']);

/** No process is there, and none will be without a new start. */
export const isStopped = (state: ProcessState): boolean => stoppedStates.has(state);
/** It runs or will be tried again: a start is refused, a stop does something. */
export const isRunning = (state: ProcessState): boolean => runningStates.has(state);
/** It has a child that a signal can be sent to. */
export const isSignallable = (state: ProcessState): boolean => signallableStates.has(state);

/** What the daemon as a whole is doing. */
export const supervisorStates = {
  FATAL: 2,
  RUNNING: 1,
  RESTARTING: 0,
  SHUTDOWN: -1,
} as const;

/** The states of a supervisor. */
export type SupervisorState = keyof typeof supervisorStates;
