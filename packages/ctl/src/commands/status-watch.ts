import { errorLine, HttpStatusError } from '../errors.ts';
import type { Session } from '../session.ts';

/** Shows the table, and again whenever it has changed, until the user ends it. */
export async function watchStatus(
  session: Session,
  period: string | undefined,
  show: () => Promise<void>,
): Promise<void> {
  const everyMs = milliseconds(period ?? '1');
  if (everyMs === undefined) {
    session.fail(`Error: --watch=${period} is not a number of seconds above 0`);
    return;
  }
  await session.interruptible(async (interrupted) => {
    const keys = session.output.isTerminal ? session.input.watchKeys?.(['q', 'Q']) : undefined;
    const ended = AbortSignal.any([interrupted, ...(keys ? [keys.pressed] : [])]);
    try {
      await repeat(session, everyMs, ended, show);
    } finally {
      keys?.close();
    }
  });
}

async function repeat(
  session: Session,
  everyMs: number,
  ended: AbortSignal,
  show: () => Promise<void>,
): Promise<void> {
  let last: string | undefined;
  while (!ended.aborted) {
    session.exitStatus = 0;
    const text = await session.captured(async () => {
      try {
        await show();
      } catch (error) {
        // A daemon that restarts is away for a moment: say so, and look again.
        if (error instanceof HttpStatusError) throw error;
        session.fail(errorLine(error));
      }
    });
    if (ended.aborted) return;
    if (text !== last) draw(session, text, last === undefined);
    last = text;
    await pause(everyMs, ended);
  }
}

const clearScreen = '\u001B[H\u001B[2J';

function draw(session: Session, text: string, isFirst: boolean): void {
  if (session.output.isTerminal) session.output.write(clearScreen + text);
  else session.output.write(isFirst ? text : `\n${text}`);
}

function milliseconds(text: string): number | undefined {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  return seconds > 0 && seconds < 1e6 ? seconds * 1000 : undefined;
}

function pause(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ended.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      ended.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    ended.addEventListener('abort', done);
  });
}
