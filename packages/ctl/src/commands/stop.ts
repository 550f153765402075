import { words } from '../names.ts';
import type { Session } from '../session.ts';
import { isUp } from '../upcheck.ts';
import { matchProcesses } from '../wildcards.ts';
import { refuse, type Command } from './command.ts';
import { onProcesses } from './on-processes.ts';
import { wordings } from './results.ts';

export const stop: Command = {
  name: 'stop',
  help: [
    'stop <name>\t\tStop a process',
    'stop <gname>:*\t\tStop all processes in a group',
    'stop <name> <name>\tStop multiple processes or groups',
    'stop all\t\tStop all processes',
  ],
  completes: 'processes',
  async run(session, argument) {
    if (!(await isUp(session))) return;
    const names = words(argument);
    if (names.length === 0) {
      refuse(session, stop, 'Error: stop requires a process name');
      return;
    }
    await stopProcesses(session, await matchProcesses(session, names));
  },
};

export function stopProcesses(session: Session, names: readonly string[]): Promise<void> {
  return onProcesses(session, names, {
    wording: wordings.stop,
    one: (name) => session.call('stopProcess', name),
    group: (group) => session.call('stopProcessGroup', group),
    all: () => session.call('stopAllProcesses'),
  });
}
