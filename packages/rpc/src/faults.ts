import { pythonStr } from './python/text.ts';
import type { RpcValue } from './values.ts';

/** Every fault that can cross the wire (rpc.md §7): its code, and what it tells the caller. */
export const faults = {
  UNKNOWN_METHOD: { code: 1, doc: 'No such method.' },
  INCORRECT_PARAMETERS: { code: 2, doc: 'Too many or too few parameters, or one of a wrong type.' },
  BAD_ARGUMENTS: { code: 3, doc: 'An offset and length that make no sense together.' },
  SIGNATURE_UNSUPPORTED: { code: 4, doc: 'Nothing is known about the method asked for.' },
  SHUTDOWN_STATE: { code: 6, doc: 'The daemon is shutting down or restarting.' },
  BAD_NAME: { code: 10, doc: 'No process or group of this name.' },
  BAD_SIGNAL: { code: 11, doc: 'No signal of this name or number.' },
  NO_FILE: { code: 20, doc: 'The program, log or standard input is not there.' },
  NOT_EXECUTABLE: { code: 21, doc: 'The command is there but cannot be run.' },
  FAILED: { code: 30, doc: 'The operation was tried and did not succeed.' },
  ABNORMAL_TERMINATION: { code: 40, doc: 'The process ended before it counted as started.' },
  SPAWN_ERROR: { code: 50, doc: 'The process could not be spawned.' },
  ALREADY_STARTED: { code: 60, doc: 'The process is running already.' },
  NOT_RUNNING: { code: 70, doc: 'The process is not running.' },
  SUCCESS: { code: 80, doc: 'Not a fault: the status of what went well in a list of results.' },
  ALREADY_ADDED: { code: 90, doc: 'The group is active already.' },
  STILL_RUNNING: { code: 91, doc: 'The group still has processes that run.' },
  CANT_REREAD: { code: 92, doc: 'The configuration file cannot be read.' },
  FORBIDDEN: { code: 100, doc: 'The account may look and change nothing. Not of supervisord.' },
} as const satisfies Record<string, { readonly code: number; readonly doc: string }>;

export type FaultName = keyof typeof faults;

const namesByCode: ReadonlyMap<number, FaultName> = new Map(
  (Object.keys(faults) as FaultName[]).map((name) => [faults[name].code, name]),
);

/** The name of a code; `UNKNOWN` for one of a plug-in's own. */
export function faultName(code: number): FaultName | 'UNKNOWN' {
  return namesByCode.get(code) ?? 'UNKNOWN';
}

/** `NAME` or `NAME: detail`, the detail as Python's `str()` shows it; null is no detail. */
export function faultString(fault: FaultName | number, detail: RpcValue = null): string {
  const name = typeof fault === 'number' ? faultName(fault) : fault;
  return detail === null ? name : `${name}: ${pythonStr(detail)}`;
}

/** The answer to a call that could not be done. */
export class Fault extends Error {
  override readonly name = 'Fault';
  /** A number of the table, or a plug-in's own. */
  readonly code: number;
  /** The faultString, which is what the user sees. */
  readonly text: string;

  constructor(code: number, text: string) {
    super(text);
    this.code = code;
    this.text = text;
  }
}

/** A fault of the table (or of a plug-in, by its number) with its text. */
export function fault(name: FaultName | number, detail?: RpcValue): Fault {
  return new Fault(typeof name === 'number' ? name : faults[name].code, faultString(name, detail));
}
