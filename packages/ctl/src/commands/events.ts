import { takeFlag } from '../flags.ts';
import { LineSplitter } from '../format/line-splitter.ts';
import { words } from '../names.ts';
import type { Session } from '../session.ts';
import { isUp } from '../upcheck.ts';
import type { Command } from './command.ts';

/** Not a log, and no such page: the daemon is supervisord. */
const NOT_FOUND = 404;
const BAD_REQUEST = 400;

export const events: Command = {
  name: 'events',
  help: [
    'events\t\t\tWhat happens, as it happens: states, groups, messages (Ctrl-C to exit)',
    'events <name> <name>\tOnly these, as in events= of an event listener: TICK, PROCESS_LOG',
  ],
  isHidden: true,
  additions: [{ syntax: '--json', text: 'Print a JSON object a line.' }],
  async run(session, argument) {
    if (!(await isUp(session))) return;
    const json = takeFlag(words(argument), '--json');
    const shown = json.isSet ? (line: string) => line : worded;
    await session.interruptible((interrupted) => tell(session, json.words, shown, interrupted));
  },
};

async function tell(
  session: Session,
  names: readonly string[],
  shown: (line: string) => string,
  interrupted: AbortSignal,
): Promise<void> {
  const lines = new LineSplitter((line) => session.print(shown(line)));
  const log = { of: 'events', names } as const;
  const receive = (bytes: Uint8Array): void => lines.add(bytes);
  const missed = (text: string): void => session.output.writeError(`(${text})\n`);
  const end = await session.remote.follow(log, receive, interrupted, missed);
  if (interrupted.aborted || end.type === 'ended') return;
  if (end.type === 'unreachable') throw end.error;
  if (end.status === NOT_FOUND) session.fail('ERROR: events are told by tsvd only');
  else if (end.status === BAD_REQUEST) session.fail(`ERROR: no such event among ${names.join()}`);
  else session.fail(`ERROR: status code ${end.status}`);
}

/** `TIME NAME what it carries`, in one line. */
function worded(line: string): string {
  const event = JSON.parse(line) as { missed?: number } & Record<
    'time' | 'event' | 'payload',
    string
  >;
  if (event.missed !== undefined) return `(${event.missed} events were missed)`;
  return `${event.time} ${event.event} ${event.payload.replaceAll('\n', ' ')}`.trimEnd();
}
