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
    'TERM, INT and QUIT stop all programs and then the daemon; HUP stops all programs and starts anew with the file read again; USR2 reopens the logs.',
  ],
  options: supervisordCommandLine,
  seeAlso: ['tsvctl(1)', 'supervisord(1)'],
};
