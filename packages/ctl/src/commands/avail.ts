import { faultCode } from '../exit-status.ts';
import { takeFlag } from '../flags.ts';
import { pad } from '../format/columns.ts';
import { nameOf, words } from '../names.ts';
import type { ConfigInfo } from '../remote.ts';
import { takesNoArguments, type Command } from './command.ts';
import { whenFaulty } from './faults.ts';
import { configDocument } from './json-documents.ts';

export const avail: Command = {
  name: 'avail',
  help: ['avail\t\t\tDisplay all configured processes'],
  additions: [{ syntax: '--json', text: 'Print a JSON document.' }],
  async run(session, argument) {
    const json = takeFlag(words(argument), '--json');
    if (!takesNoArguments(session, avail, json.words.join(' '))) return;
    session.setComplaintsAside(json.isSet);
    const infos = await whenFaulty(session, session.call('getAllConfigInfo'), {
      [faultCode.shutdownState]: 'ERROR: supervisor shutting down',
    });
    if (infos === undefined) return;
    if (json.isSet) session.printJson(configDocument(infos));
    else for (const info of infos) session.print(configLine(info));
  },
};

function configLine(info: ConfigInfo): string {
  return [
    pad(nameOf(info), 32),
    pad(info.inuse ? 'in use' : 'avail', 9),
    pad(info.autostart ? 'auto' : 'manual', 9),
    `${info.group_prio}:${info.process_prio}`,
  ].join(' ');
}
