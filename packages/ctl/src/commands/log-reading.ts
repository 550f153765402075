import { pythonError, UnforeseenError } from '../errors.ts';
import { pythonBytes } from '../format/python-text.ts';
import type { StreamEnd } from '../remote.ts';
import type { Session } from '../session.ts';

/** How much of a log is shown if nothing is said. */
export const defaultBytes = 1600n;

/** Reads `-f` or `-N`; undefined if it is neither. A big number is refused where it is used. */
export function parseModifier(word: string): bigint | 'follow' | undefined {
  if (!word.startsWith('-')) return undefined;
  const what = word.slice(1);
  if (what === 'f') return 'follow';
  // `--5` is minus five bytes from the end, that is: all from the fifth byte on.
  const number = /^([+-]?)(\d+(?:_\d+)*)$/.exec(what);
  if (number?.[2] === undefined) return undefined;
  const value = BigInt(number[2].replaceAll('_', ''));
  return number[1] === '-' ? -value : value;
}

/** The offset that asks a log for its last bytes. */
export function offsetFromEnd(bytes: bigint): number {
  if (bytes >= 2n ** 31n + 1n || bytes <= -(2n ** 31n)) {
    throw new UnforeseenError('OverflowError', 'int exceeds XML-RPC limits');
  }
  return -Number(bytes) || 0;
}

/** Prints a log as it grows until Ctrl-C. Whatever happens, the exit status stays. */
export async function follow(session: Session, path: string): Promise<void> {
  session.print('==> Press Ctrl-C to exit <==');
  await session.interruptible(async (interrupted) => {
    const receive = (chunk: Uint8Array): void => session.output.write(chunkText(chunk));
    const end = await session.remote.follow(path, receive, interrupted);
    if (interrupted.aborted) session.print('');
    else complain(session, path, end);
  });
}

/** Says on standard error why a log cannot be followed. */
export function complain(session: Session, path: string, end: StreamEnd): void {
  const url = session.server.url + path;
  if (end.type === 'refused') {
    session.output.writeError(`${url} Cannot read, status code ${end.status}\n`);
  } else if (end.type === 'unreachable') {
    const { name, text } = pythonError(end.error);
    session.output.writeError(`${url} Cannot connect, error: <class '${name}'> (${text})\n`);
  }
}

/** A chunk as text; one that is not UTF-8 is shown as bytes. */
export function chunkText(chunk: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(chunk);
  } catch {
    return `Undecodable: ${pythonBytes(chunk)}`;
  }
}
