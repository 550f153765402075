import { faultCode } from '../exit-status.ts';
import { words } from '../names.ts';
import { isPattern, matchGroups } from '../wildcards.ts';
import type { Command } from './command.ts';
import { whenFaulty } from './faults.ts';

export const remove: Command = {
  name: 'remove',
  help: ['remove <name> [...]\tRemoves process/group from active config'],
  completes: 'groups',
  async run(session, argument) {
    let names = words(argument);
    if (names.some(isPattern)) {
      const infos = await session.call('getAllProcessInfo');
      names = matchGroups(
        names,
        infos.map((info) => info.group),
      );
    }
    for (const name of names) {
      const done = await whenFaulty(session, session.call('removeProcessGroup', name), {
        [faultCode.stillRunning]: `ERROR: process/group still running: ${name}`,
        [faultCode.badName]: `ERROR: no such process/group: ${name}`,
      });
      if (done !== undefined) session.print(`${name}: removed process group`);
    }
  },
};
