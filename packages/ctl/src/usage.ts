import { controlCommandLine, optionLines } from '@tsvisor/config';

import { fleetOptions } from './command-line-options.ts';

/** Both lists of options have their meanings in one column. */
const COLUMN = 27;

/** What `-h` prints. */
export function usage(program: string): string {
  const name = program.replace(/^.*\//, '');
  return [
    `${name} -- control applications run by supervisord from the cmd line.`,
    '',
    `Usage: ${program} [options] [action [arguments]]`,
    '',
    'Without an action there is a prompt to type actions at. "help" lists them,',
    '"help ACTION" explains one.',
    '',
    ...optionLines(controlCommandLine, COLUMN),
    '',
    'Several daemons at once:',
    ...optionLines(fleetOptions, COLUMN),
    '',
    '',
  ].join('\n');
}
