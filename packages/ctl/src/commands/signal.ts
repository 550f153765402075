import { words } from '../names.ts';
import { isUp } from '../upcheck.ts';
import { matchProcesses } from '../wildcards.ts';
import { refuse, type Command } from './command.ts';
import { onProcesses } from './on-processes.ts';
import { wordings } from './results.ts';

export const signal: Command = {
  name: 'signal',
  help: [
    'signal <signal name> <name>\t\tSignal a process',
    'signal <signal name> <gname>:*\t\tSignal all processes in a group',
    'signal <signal name> <name> <name>\tSignal multiple processes or groups',
    'signal <signal name> all\t\tSignal all processes',
  ],
  completes: 'processes',
  async run(session, argument) {
    if (!(await isUp(session))) return;
    const [what, ...typed] = words(argument);
    if (what === undefined || typed.length === 0) {
      refuse(session, signal, 'Error: signal requires a signal name and a process name');
      return;
    }
    await onProcesses(session, await matchProcesses(session, typed), {
      wording: wordings.signal,
      one: (name) => session.call('signalProcess', name, what),
      group: (group) => session.call('signalProcessGroup', group, what),
      all: () => session.call('signalAllProcesses', what),
    });
  },
};
