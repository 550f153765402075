import type { Logger } from '@tsvisor/core';

/** A line of the HTTP layer goes out as an error if it has that word anywhere, else as a trace. */
export function logHttp(logger: Logger, who: string, text: string): void {
  const line = `${who}:${text}`;
  logger.log(/error/i.test(line) ? 'error' : 'trace', line);
}

export function logServerError(logger: Logger, who: string, error: unknown): void {
  const { name = 'Error', message = String(error) } = Object(error) as Partial<Error>;
  logHttp(logger, who, `Server Error: <class '${name}'>, ${message}`);
}

export interface Access {
  readonly host: string;
  readonly port: number;
  readonly line: string;
  readonly status: number;
  /** Head and body. */
  readonly bytes: number;
}

/** One finished response (rpc.md §2 "Access log"). */
export function logAccess(logger: Logger, access: Access, now: Date): void {
  const { host, port, line, status, bytes } = access;
  // Most daemons do not trace: then the line is not even worded.
  if (!logger.passes('trace') && !/error/i.test(line)) return;
  logHttp(logger, host, `${port} - - [${logDate(now)}] "${line}" ${status} ${bytes}`);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** Greenwich time followed by the local offset: wrong together, and what log readers know. */
function logDate(at: Date): string {
  const day = `${two(at.getUTCDate())}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  const east = -at.getTimezoneOffset();
  const offset = `${two(Math.floor(Math.abs(east) / 60))}${two(Math.abs(east) % 60)}`;
  return `${day}:${time} ${east < 0 ? '-' : '+'}${offset}`;
}
