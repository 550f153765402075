import { pythonRepr } from '@tsvisor/config';

import { faultCode } from '../exit-status.ts';
import { words } from '../names.ts';
import type { Session } from '../session.ts';
import { isUp } from '../upcheck.ts';
import { refuse, type Command } from './command.ts';
import { whenFaulty } from './faults.ts';
import { defaultBytes, follow, offsetFromEnd, parseModifier } from './log-reading.ts';

export const tail: Command = {
  name: 'tail',
  help: [
    'tail [-f] <name> [stdout|stderr] (default stdout)',
    'Ex:',
    'tail -f <name>\t\tContinuous tail of named process stdout',
    '\t\t\tCtrl-C to exit.',
    'tail -100 <name>\tlast 100 *bytes* of process stdout',
    'tail <name> stderr\tlast 1600 *bytes* of process stderr',
  ],
  completes: 'processes',
  async run(session, argument) {
    if (!(await isUp(session))) return;
    const args = words(argument);
    if (args.length === 0) return refuse(session, tail, 'Error: too few arguments');
    if (args.length > 3) return refuse(session, tail, 'Error: too many arguments');
    const modifier = args[0]?.startsWith('-') ? args.shift() : undefined;
    const name = args[0];
    if (name === undefined) return session.fail('Error: tail requires process name');
    const channel = args.length === 1 ? 'stdout' : (args.at(-1) ?? '').toLowerCase();
    if (channel !== 'stdout' && channel !== 'stderr') {
      return session.fail(`Error: bad channel ${pythonRepr(channel)}`);
    }
    const bytes = modifier === undefined ? defaultBytes : parseModifier(modifier);
    if (bytes === undefined) session.fail(`Error: bad argument ${modifier}`);
    else if (bytes === 'follow') await follow(session, { of: 'process', name, channel });
    else await printEnd(session, name, channel, bytes);
  },
};

async function printEnd(
  session: Session,
  name: string,
  channel: 'stdout' | 'stderr',
  bytes: bigint,
): Promise<void> {
  const method = channel === 'stdout' ? 'readProcessStdoutLog' : 'readProcessStderrLog';
  const text = await whenFaulty(session, session.call(method, name, offsetFromEnd(bytes), 0), {
    [faultCode.noFile]: `${name}: ERROR (no log file)`,
    [faultCode.failed]: `${name}: ERROR (unknown error reading log)`,
    [faultCode.badName]: `${name}: ERROR (no such process name)`,
  });
  if (text !== undefined) session.print(text);
}
