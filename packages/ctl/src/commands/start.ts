import { exitStatus } from '../exit-status.ts';
import { words } from '../names.ts';
import type { Session } from '../session.ts';
import { isUp } from '../upcheck.ts';
import { matchProcesses } from '../wildcards.ts';
import { refuse, type Command } from './command.ts';
import { onProcesses } from './on-processes.ts';
import { wordings } from './results.ts';

export const start: Command = {
  name: 'start',
  help: [
    'start <name>\t\tStart a process',
    'start <gname>:*\t\tStart all processes in a group',
    'start <name> <name>\tStart multiple processes or groups',
    'start all\t\tStart all processes',
  ],
  completes: 'processes',
  async run(session, argument) {
    if (!(await isUp(session))) return;
    const names = words(argument);
    if (names.length === 0) {
      const line = 'Error: start requires a process name';
      refuse(session, start, line, exitStatus.invalidArguments);
      return;
    }
    await startProcesses(session, await matchProcesses(session, names));
  },
};

export function startProcesses(session: Session, names: readonly string[]): Promise<void> {
  return onProcesses(session, names, {
    wording: wordings.start,
    one: (name) => session.call('startProcess', name),
    group: (group) => session.call('startProcessGroup', group),
    all: () => session.call('startAllProcesses'),
    unknownGroupStatus: exitStatus.invalidArguments,
  });
}
