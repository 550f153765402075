import { RemoteFault } from '../errors.ts';
import type { Session } from '../session.ts';

/** What to print for a fault: the line, or what makes it of the daemon's text. */
export type FaultLines = Readonly<Record<number, string | ((fault: RemoteFault) => string)>>;

/**
 * The result of a call, or undefined after a fault that `lines` foresees: its line is printed and
 * the exit status set. Other failures are thrown on.
 */
export async function whenFaulty<T>(
  session: Session,
  call: Promise<T>,
  lines: FaultLines,
): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const line = error instanceof RemoteFault ? lines[error.code] : undefined;
    if (line === undefined) throw error;
    session.fail(typeof line === 'string' ? line : line(error as RemoteFault));
    return undefined;
  }
}
