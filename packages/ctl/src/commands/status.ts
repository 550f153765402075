import { exitStatus } from '../exit-status.ts';
import { takeFlag } from '../flags.ts';
import type { StatusRow } from '../format/status-table.ts';
import { nameOf, parseName, words } from '../names.ts';
import type { ProcessInfo } from '../remote.ts';
import type { Session } from '../session.ts';
import { isUp } from '../upcheck.ts';
import { matchProcesses } from '../wildcards.ts';
import type { Command } from './command.ts';
import { processDocument } from './json-documents.ts';
import { askListeners, listenerWarnings, noListeners } from './listeners.ts';

/** STOPPED, EXITED, FATAL, UNKNOWN. */
const stoppedStates: ReadonlySet<number> = new Set([0, 100, 200, 1000]);

export const status: Command = {
  name: 'status',
  help: [
    'status <name>\t\tGet status for a single process',
    'status <gname>:*\tGet status for all processes in a group',
    'status <name> <name>\tGet status for multiple named processes',
    'status\t\t\tGet all process status info',
  ],
  completes: 'processes',
  additions: [
    { syntax: '--json', text: 'Print a JSON document instead of the table.' },
    {
      syntax: '--watch[=SECONDS]',
      text: 'Show the table again whenever it changes, looking every second or as often as said; q or Ctrl-C ends.',
    },
  ],
  async run(session, argument) {
    const watch = takeFlag(words(argument), '--watch');
    const json = takeFlag(watch.words, '--json');
    if (watch.isSet) {
      const { watchStatus } = await import('./status-watch.ts');
      await watchStatus(session, watch.value, () => showStatus(session, json.words, json.isSet));
    } else await showStatus(session, json.words, json.isSet);
  },
};

export async function showStatus(
  session: Session,
  names: readonly string[],
  asJson = false,
): Promise<void> {
  session.setComplaintsAside(asJson);
  if (!(await isUp(session))) {
    session.exitStatus = exitStatus.statusUnknown;
    return;
  }
  const { found, errors } = await askStatus(session, names);
  if (errors.length > 0) session.exitStatus = exitStatus.statusUnknown;
  // Scripts read the table: what supervisorctl does not print is for eyes only.
  const isForEyes = session.output.isTerminal && session.output.takeRows === undefined;
  const listeners = asJson || isForEyes ? await askListeners(session) : noListeners;
  if (asJson) session.printJson(processDocument(found, errors, listeners));
  else {
    for (const error of errors) session.print(`${error.name}: ERROR (${error.reason})`);
    session.printStatus(found.map(toRow));
    for (const line of listenerWarnings(found, listeners)) session.print(line);
  }
  if (found.some((info) => stoppedStates.has(info.state))) {
    session.exitStatus = exitStatus.statusNotRunning;
  }
}

export interface NameError {
  readonly name: string;
  readonly reason: string;
}

interface Selection {
  readonly found: readonly ProcessInfo[];
  readonly errors: readonly NameError[];
}

async function askStatus(session: Session, typed: readonly string[]): Promise<Selection> {
  const infos = await session.call('getAllProcessInfo');
  if (typed.length === 0 || typed.includes('all')) return { found: infos, errors: [] };
  return select(infos, await matchProcesses(session, typed));
}

/** The processes named, in the order of the names, and the names that nothing has. */
function select(infos: readonly ProcessInfo[], names: readonly string[]): Selection {
  const found: ProcessInfo[] = [];
  const errors: NameError[] = [];
  for (const name of names) {
    const { group, process } = parseName(name);
    const matches = infos.filter(
      (info) => info.group === group && (process === null || info.name === process),
    );
    found.push(...matches);
    if (matches.length > 0) continue;
    if (process === null) errors.push({ name: group, reason: 'no such group' });
    else errors.push({ name, reason: 'no such process' });
  }
  return { found, errors };
}

function toRow(info: ProcessInfo): StatusRow {
  return { name: nameOf(info), state: info.statename, description: info.description };
}
