import { faultCode } from '../exit-status.ts';
import { words } from '../names.ts';
import { isUp } from '../upcheck.ts';
import { refuse, type Command } from './command.ts';
import { whenFaulty } from './faults.ts';
import { defaultBytes, follow, offsetFromEnd, parseModifier } from './log-reading.ts';

export const maintail: Command = {
  name: 'maintail',
  help: [
    'maintail -f \tContinuous tail of supervisor main log file (Ctrl-C to exit)',
    'maintail -100\tlast 100 *bytes* of supervisord main log file',
    'maintail\tlast 1600 *bytes* of supervisor main log file',
    '',
  ],
  async run(session, argument) {
    if (!(await isUp(session))) return;
    const [modifier, ...rest] = words(argument);
    if (rest.length > 0) {
      refuse(session, maintail, 'Error: too many arguments');
      return;
    }
    const bytes = modifier === undefined ? defaultBytes : parseModifier(modifier);
    if (bytes === undefined) session.fail(`Error: bad argument ${modifier}`);
    else if (bytes === 'follow') await follow(session, { of: 'daemon' });
    else {
      const text = await whenFaulty(session, session.call('readLog', offsetFromEnd(bytes), 0), {
        [faultCode.noFile]: 'supervisord: ERROR (no log file)',
        [faultCode.failed]: 'supervisord: ERROR (unknown error reading log)',
      });
      if (text !== undefined) session.print(text);
    }
  },
};
