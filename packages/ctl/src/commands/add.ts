import { RemoteFault } from '../errors.ts';
import { faultCode } from '../exit-status.ts';
import { words } from '../names.ts';
import type { Command } from './command.ts';
import { whenFaulty } from './faults.ts';

export const add: Command = {
  name: 'add',
  help: ['add <name> [...]\tActivates any updates in config for process/group'],
  completes: 'groups',
  async run(session, argument) {
    for (const name of words(argument)) {
      const adding = session.call('addProcessGroup', name).catch((error: unknown) => {
        if (!(error instanceof RemoteFault && error.code === faultCode.alreadyAdded)) throw error;
        return 'already added';
      });
      const done = await whenFaulty(session, adding, {
        [faultCode.shutdownState]: 'ERROR: shutting down',
        [faultCode.badName]: `ERROR: no such process/group: ${name}`,
      });
      // That it was there already is what the user wanted: the exit status stays.
      if (done === 'already added') session.print('ERROR: process group already active');
      else if (done !== undefined) session.print(`${name}: added process group`);
    }
  },
};
