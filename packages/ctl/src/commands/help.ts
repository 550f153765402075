import { columnize } from '../format/columns.ts';
import type { Plugin } from '../plugins.ts';
import type { Session } from '../session.ts';
import type { Command } from './command.ts';

const ownHelp = [
  'help\t\tPrint a list of available actions',
  'help <action>\tPrint help for <action>',
];

/** `help`: lists the actions of every plug-in, or explains one. */
export function helpCommand(plugins: () => readonly Plugin[]): Command {
  return {
    name: 'help',
    help: ownHelp,
    completes: 'actions',
    isHidden: true,
    run(session, argument) {
      if (argument === 'help') for (const line of ownHelp) session.print(line);
      else for (const plugin of plugins()) helpOf(session, plugin, argument);
      return Promise.resolve();
    },
  };
}

function helpOf(session: Session, plugin: Plugin, topic: string): void {
  if (topic === '') {
    for (const line of overview(plugin)) session.print(line);
    return;
  }
  const command = plugin.commands.find((each) => each.name === topic);
  if (command === undefined || command.help.length === 0) session.print(`*** No help on ${topic}`);
  else for (const line of command.help) session.print(line);
}

function overview(plugin: Plugin): string[] {
  const header = `${plugin.name} commands (type help <topic>):`;
  const listed = plugin.commands.filter((each) => !each.isHidden && each.help.length > 0);
  if (listed.length === 0) return [''];
  const names = listed.map((command) => command.name).sort();
  return ['', header, '='.repeat(header.length), ...columnize(names, 79), ''];
}
