import { options } from '../command-line-options.ts';
import { commands } from '../commands/table.ts';
import type { ManualPage } from './page.ts';

/** tsvctl(1). What is in a table already (options, actions) is taken from there. */
export const tsvctlPage: ManualPage = {
  name: 'tsvctl',
  section: 1,
  summary: 'control the programs that tsvd or supervisord runs',
  synopsis: '[options] [action [arguments]]',
  description: [
    'Asks a running daemon to do what the action says. Without an action it is a shell: it shows the status and then obeys what is typed, one action a line, until quit, the end of the input or Ctrl-C. It takes the place of supervisorctl: the same options, actions, output and exit statuses.',
    'A process is named NAME, or GROUP:NAME if its group has another name; GROUP:* is the whole group and all is every process. Where no process or group has exactly that name, a name may be a pattern: * stands for any characters, ? for one, [abc] and [!abc] for one of a set. It must have some other character too: everything is all, and * alone stays an error. Quote it, or the shell may take it for files.',
    'The daemon is found by the serverurl of the [supervisorctl] section of the configuration file. Without -c the first of these is read: ../etc/supervisord.conf and ../supervisord.conf beside the program, ./supervisord.conf, ./etc/supervisord.conf, /etc/supervisord.conf, /etc/supervisor/supervisord.conf.',
    'On a terminal the states are coloured, and if the daemon cannot be reached standard error says what was tried and what is there.',
  ],
  options,
  commands,
  more: [
    {
      title: 'SEVERAL HOSTS',
      paragraphs: [
        'With --hosts the action is run on several daemons, all at once unless --parallel says how many at a time, and their answers are shown as one table with a first column for the host. The exit status is 0 only if the action went well everywhere. With --stop-on-error no further host is asked once one has failed.',
        'The inventory is an INI file. A section is a group, and each line in it a host: LABEL = http://HOST:PORT, or HOST:PORT, or HOST (port 9001), or unix:///PATH. username and password hold for the hosts of their section, or for all if they stand before the first section; user and password in a URL come first. groups[] = NAME takes in another group; [eu.web] belongs to eu; all is every host. Quote values that contain ; or #.',
      ],
    },
  ],
  exitStatuses: [
    [
      '0',
      'Nothing went wrong. start of a running process and stop of a stopped one are no failures.',
    ],
    ['1', 'Something did, and standard output says what.'],
    ['2', 'The command line cannot be obeyed; start without a name or of an unknown group.'],
    ['3', 'status: a process shown is not running. Else: the daemon has no supervisor namespace.'],
    ['4', 'status: unknown name, or no daemon. Else: the daemon refused the connection.'],
    ['5', 'The daemon speaks another version of the API.'],
    ['7', 'A process could not be started, ended at once, or is not running; no socket file.'],
    ['130', 'Ctrl-C.'],
  ],
  environment: [
    ['NO_COLOR', 'If set, no colours.'],
    ['TSVCTL_EXPLAIN', '1: say on standard error why a daemon was not reached, terminal or not.'],
  ],
  seeAlso: ['tsvd(1)', 'supervisorctl(1)'],
};
