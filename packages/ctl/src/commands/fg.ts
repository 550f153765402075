import { EndOfInput, Interrupted, RemoteFault } from '../errors.ts';
import { faultCode } from '../exit-status.ts';
import { words } from '../names.ts';
import type { ProcessInfo } from '../remote.ts';
import type { Session } from '../session.ts';
import { isUp } from '../upcheck.ts';
import { refuse, type Command } from './command.ts';
import { stream } from './log-reading.ts';

const running = 20;

export const fg: Command = {
  name: 'fg',
  help: ['fg <process>\tConnect to a process in foreground mode', '\t\tCtrl-C to exit'],
  completes: 'processes',
  async run(session, argument) {
    if (!(await isUp(session))) return;
    const [name, ...rest] = words(argument);
    if (name === undefined) return refuse(session, fg, 'ERROR: no process name supplied');
    if (rest.length > 0) return session.fail('ERROR: too many process names supplied');
    const info = await lookUp(session, name);
    if (info === undefined) return;
    if (info.state !== running) return session.fail('ERROR: process not running');
    session.print('==> Press Ctrl-C to exit <==');
    await session.interruptible((interrupted) => connect(session, name, interrupted));
  },
};

async function lookUp(session: Session, name: string): Promise<ProcessInfo | undefined> {
  try {
    return await session.call('getProcessInfo', name);
  } catch (error) {
    if (!(error instanceof RemoteFault)) throw error;
    if (error.code === faultCode.badName) session.fail('ERROR: bad process name supplied');
    else session.print(`ERROR: ${error.message}`);
    return undefined;
  }
}

/** Shows both logs and sends on what is typed until the user or the process ends it. */
async function connect(session: Session, name: string, interrupted: AbortSignal): Promise<void> {
  const over = new AbortController();
  const ended = AbortSignal.any([interrupted, over.signal]);
  const following = (['stdout', 'stderr'] as const).map((channel) =>
    stream(session, { of: 'process', name, channel }, ended),
  );
  try {
    const why = await sendLines(session, name, interrupted);
    if (why !== undefined) session.print(why);
    session.print('Exiting foreground');
  } finally {
    over.abort();
    await Promise.all(following);
  }
}

/** Returns why it ended; undefined if the user wanted it. */
async function sendLines(
  session: Session,
  name: string,
  interrupted: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    let line: string;
    try {
      line = await session.input.readLine('', interrupted);
    } catch (error) {
      if (error instanceof EndOfInput || error instanceof Interrupted) return undefined;
      throw error;
    }
    try {
      await session.call('sendProcessStdin', name, `${line}\n`);
    } catch (error) {
      if (!(error instanceof RemoteFault) || error.code === faultCode.forbidden) throw error;
      const isGone = error.code === faultCode.notRunning;
      return isGone ? 'Process got killed' : `ERROR: ${error.message}`;
    }
    const info = await session.call('getProcessInfo', name);
    if (info.state !== running) return 'Process got killed';
  }
}
