import {
  controlCommandLine,
  type CommandLineOption,
  type ControlCommandLine,
} from '@tsvisor/config';

/** What the command line of tsvctl sets. */
export interface ControlOptions extends ControlCommandLine {
  readonly hosts: string;
  readonly on: string;
  readonly parallel: string;
  readonly stopOnError: true;
}

/** To run one action on several daemons. */
export const fleetOptions: readonly CommandLineOption[] = [
  {
    to: 'hosts',
    long: 'hosts',
    argument: 'FILE',
    isOwn: true,
    doc: 'an inventory of hosts: run the action on several daemons',
  },
  {
    to: 'on',
    long: 'on',
    argument: 'NAMES',
    isOwn: true,
    doc: 'groups or hosts of the inventory, separated by commas (all)',
  },
  {
    to: 'parallel',
    long: 'parallel',
    argument: 'NUMBER',
    isOwn: true,
    doc: 'how many daemons to ask at a time (all)',
  },
  {
    to: 'stopOnError',
    long: 'stop-on-error',
    isOwn: true,
    doc: 'ask no further daemon once the action has failed on one',
  },
];

/** supervisorctl's options, then those that it does not have. */
export const options: readonly CommandLineOption[] = [...controlCommandLine, ...fleetOptions];
