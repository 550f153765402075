import { words } from '../names.ts';
import { isUp } from '../upcheck.ts';
import { matchProcesses } from '../wildcards.ts';
import { refuse, type Command } from './command.ts';
import { startProcesses } from './start.ts';
import { stopProcesses } from './stop.ts';

export const restart: Command = {
  name: 'restart',
  help: [
    'restart <name>\t\tRestart a process',
    'restart <gname>:*\tRestart all processes in a group',
    'restart <name> <name>\tRestart multiple processes or groups',
    'restart all\t\tRestart all processes',
    'Note: restart does not reread config files. For that, see reread and update.',
  ],
  completes: 'processes',
  async run(session, argument) {
    if (!(await isUp(session))) return;
    const typed = words(argument);
    if (typed.length === 0) {
      refuse(session, restart, 'Error: restart requires a process name');
      return;
    }
    const names = await matchProcesses(session, typed);
    await stopProcesses(session, names);
    // Each half looks for the daemon, as two commands would.
    if (await isUp(session)) await startProcesses(session, names);
  },
};
