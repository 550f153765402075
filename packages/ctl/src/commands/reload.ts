import { faultCode } from '../exit-status.ts';
import { takesNoArguments, type Command } from './command.ts';
import { isConfirmed } from './confirmation.ts';
import { whenFaulty } from './faults.ts';

export const reload: Command = {
  name: 'reload',
  help: ['reload \t\tRestart the remote supervisord.'],
  async run(session, argument) {
    if (!takesNoArguments(session, reload, argument)) return;
    const question = 'Really restart the remote supervisord process y/N? ';
    if (!(await isConfirmed(session, question))) return;
    const done = await whenFaulty(session, session.call('restart'), {
      [faultCode.shutdownState]: 'ERROR: already shutting down',
    });
    if (done !== undefined) session.print('Restarted supervisord');
  },
};
