import { takeFlag } from '../flags.ts';
import { words } from '../names.ts';
import { isUp } from '../upcheck.ts';
import { takesNoArguments, type Command } from './command.ts';
import { versionDocument } from './json-documents.ts';

export const version: Command = {
  name: 'version',
  help: ['version\t\t\tShow the version of the remote supervisord process'],
  additions: [{ syntax: '--json', text: 'Print a JSON document.' }],
  async run(session, argument) {
    const json = takeFlag(words(argument), '--json');
    if (!takesNoArguments(session, version, json.words.join(' '))) return;
    session.setComplaintsAside(json.isSet);
    if (!(await isUp(session))) return;
    const text = await session.call('getSupervisorVersion');
    if (json.isSet) session.printJson(versionDocument(text));
    else session.print(text);
  },
};
