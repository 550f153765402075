import { pythonError, UnforeseenError } from '../errors.ts';
import { LogDecoder } from '../log-decoder.ts';
import type { Log } from '../remote.ts';
import type { Session } from '../session.ts';
import { tlsTrouble } from '../tls-trouble.ts';

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
export async function follow(session: Session, log: Log): Promise<void> {
  session.print('==> Press Ctrl-C to exit <==');
  await session.interruptible(async (interrupted) => {
    await stream(session, log, interrupted);
    if (interrupted.aborted) session.print('');
  });
}

/** Writes a log as it comes, and on standard error why it cannot be followed. */
export async function stream(session: Session, log: Log, ended: AbortSignal): Promise<void> {
  const decoder = new LogDecoder();
  const receive = (bytes: Uint8Array): void => session.output.write(decoder.feed(bytes));
  const missed = (text: string): void => session.output.writeError(`==> ${text} <==\n`);
  const end = await session.remote.follow(log, receive, ended, missed);
  session.output.write(decoder.end());
  if (ended.aborted || end.type === 'ended') return;
  const url = session.server.url + logPath(log);
  if (end.type === 'refused') {
    session.output.writeError(`${url} Cannot read, status code ${end.status}\n`);
  } else {
    const { name, text } = pythonError(end.error);
    const line = `${url} Cannot connect, error: <class '${name}'> (${text})`;
    session.output.writeError(`${tlsTrouble(end.error, session.server) ?? line}\n`);
  }
}

function logPath(log: Log): string {
  switch (log.of) {
    case 'daemon':
      return '/mainlogtail';
    case 'process':
      return `/logtail/${log.name}/${log.channel}`;
    case 'events':
      return '/events';
  }
}
