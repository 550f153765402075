import { faultCode } from '../exit-status.ts';
import { takeFlag } from '../flags.ts';
import { words } from '../names.ts';
import { takesNoArguments, type Command } from './command.ts';
import { whenFaulty } from './faults.ts';
import { rereadDocument } from './json-documents.ts';

export const reread: Command = {
  name: 'reread',
  help: ["reread \t\t\tReload the daemon's configuration files without add/remove"],
  additions: [{ syntax: '--json', text: 'Print a JSON document.' }],
  async run(session, argument) {
    const json = takeFlag(words(argument), '--json');
    if (!takesNoArguments(session, reread, json.words.join(' '))) return;
    session.setComplaintsAside(json.isSet);
    const result = await whenFaulty(session, session.call('reloadConfig'), {
      [faultCode.shutdownState]: 'ERROR: supervisor shutting down',
      [faultCode.cannotReread]: (fault) => `ERROR: ${fault.text}`,
    });
    if (result === undefined) return;
    const [added, changed, removed] = result[0];
    if (json.isSet) session.printJson(rereadDocument(added, changed, removed));
    else for (const line of changeLines(added, changed, removed)) session.print(line);
  },
};

/** One line per group, sorted by name. */
function changeLines(
  added: readonly string[],
  changed: readonly string[],
  removed: readonly string[],
): string[] {
  // A later list wins for a name that is in two.
  const changes = new Map([
    ...added.map((name) => [name, 'available'] as const),
    ...changed.map((name) => [name, 'changed'] as const),
    ...removed.map((name) => [name, 'disappeared'] as const),
  ]);
  if (changes.size === 0) return ['No config updates to processes'];
  return [...changes.keys()].sort(byCodePoint).map((name) => `${name}: ${changes.get(name)}`);
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
