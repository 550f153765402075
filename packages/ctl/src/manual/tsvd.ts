import { supervisordCommandLine } from '@tsvisor/config';

import type { ManualPage } from './page.ts';

/** tsvd(1): its options stand in the table that it reads its command line by. */
export const tsvdPage: ManualPage = {
  name: 'tsvd',
  section: 1,
  summary: 'start programs and keep them running',
  synopsis: '[options]',
  description: [
    'Reads a configuration file in the format of supervisord, starts the programs it names, restarts them as it says, keeps their output in logs, and answers tsvctl, supervisorctl and browsers. It takes the place of supervisord.',
    'Without -c the first of these is read: ../etc/supervisord.conf and ../supervisord.conf beside the program, ./supervisord.conf, ./etc/supervisord.conf, /etc/supervisord.conf, /etc/supervisor/supervisord.conf.',
    'TERM, INT and QUIT stop all programs and then the daemon; HUP stops all programs and starts anew with the file read again, unless it has an error: then nothing is stopped; USR2 reopens the logs.',
  ],
  options: supervisordCommandLine,
  exitStatuses: [
    [
      '0',
      'It was asked to end, and has ended whatever became of the programs, unless exit_code_from= or fatal_exit_code= in the configuration says otherwise. In the background: it has started. With --check-config: nothing is wrong.',
    ],
    [
      '1',
      'A FastCGI socket could not be made, or something nobody expected; standard error has it.',
    ],
    [
      '2',
      'The command line, the configuration, a limit, a socket or an RPC interface is not as it must be; also if the configuration breaks while a restart stops the programs.',
    ],
  ],
  seeAlso: ['tsvctl(1)', 'supervisord(1)'],
};
