import { words } from '../names.ts';
import { isUp } from '../upcheck.ts';
import { matchProcesses } from '../wildcards.ts';
import { refuse, type Command } from './command.ts';
import { onProcesses } from './on-processes.ts';
import { wordings } from './results.ts';

export const clear: Command = {
  name: 'clear',
  help: [
    "clear <name>\t\tClear a process' log files.",
    "clear <name> <name>\tClear multiple process' log files",
    "clear all\t\tClear all process' log files",
  ],
  completes: 'processes',
  async run(session, argument) {
    if (!(await isUp(session))) return;
    const names = words(argument);
    if (names.length === 0) {
      refuse(session, clear, 'Error: clear requires a process name');
      return;
    }
    await onProcesses(session, await matchProcesses(session, names), {
      wording: wordings.clear,
      one: (name) => session.call('clearProcessLogs', name),
      all: () => session.call('clearAllProcessLogs'),
    });
  },
};
