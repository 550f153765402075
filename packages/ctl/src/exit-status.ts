/** What a command leaves as exit status of the program: the last one set counts. */
export const exitStatus = {
  success: 0,
  generic: 1,
  invalidArguments: 2,
  unknownNamespace: 3,
  refused: 4,
  wrongApiVersion: 5,
  notRunning: 7,
  /** Of `status`: something it shows is not running. */
  statusNotRunning: 3,
  /** Of `status`: nothing is known of a name, or of the daemon. */
  statusUnknown: 4,
  /** Ctrl-C, as shells have it: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** The faults that are worth knowing by name here. */
export const faultCode = {
  unknownMethod: 1,
  shutdownState: 6,
  badName: 10,
  badSignal: 11,
  noFile: 20,
  notExecutable: 21,
  failed: 30,
  abnormalTermination: 40,
  spawnError: 50,
  alreadyStarted: 60,
  notRunning: 70,
  success: 80,
  alreadyAdded: 90,
  stillRunning: 91,
  cannotReread: 92,
  forbidden: 100,
} as const;

const deadProgramFaults: ReadonlySet<number> = new Set([
  faultCode.spawnError,
  faultCode.abnormalTermination,
  faultCode.notRunning,
]);

/** The exit status for the result of one process; undefined: it changes nothing. */
export function exitStatusOfResult(code: number, ignored?: number): number | undefined {
  if (code === faultCode.success || code === ignored) return undefined;
  return deadProgramFaults.has(code) ? exitStatus.notRunning : exitStatus.generic;
}
