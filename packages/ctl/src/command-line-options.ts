/** An option of a program: command line, `-h` and the manual page are made of these. */
export interface ProgramOption {
  readonly short?: string;
  readonly long: string;
  /** What follows it; absent: nothing does. */
  readonly argument?: string;
  readonly text: string;
  /** Only in full: what supervisorctl takes as an abbreviation must keep its meaning. */
  readonly isAddition?: boolean;
}

/** The options of tsvctl: supervisorctl's, then what it does not have. */
export const options = [
  {
    short: 'c',
    long: 'configuration',
    argument: 'FILE',
    text: 'The configuration file. Without it the usual places are searched.',
  },
  { short: 'h', long: 'help', text: 'Print how to use the program and exit.' },
  { short: '?', long: 'help', text: 'The same as -h.' },
  {
    short: 'i',
    long: 'interactive',
    text: 'Ask before shutdown and reload, and for a password where one is needed.',
  },
  {
    short: 's',
    long: 'serverurl',
    argument: 'URL',
    text: 'Where the daemon listens: http://host:port or unix:///path/of/socket.',
  },
  { short: 'u', long: 'username', argument: 'NAME', text: 'The user name for the daemon.' },
  { short: 'p', long: 'password', argument: 'PASSWORD', text: 'The password for the daemon.' },
  {
    short: 'r',
    long: 'history_file',
    argument: 'FILE',
    text: 'Accepted and without effect: only history_file of the configuration file counts.',
  },
  {
    long: 'hosts',
    argument: 'FILE',
    text: 'An inventory of hosts: the action is run on several daemons.',
    isAddition: true,
  },
  {
    long: 'on',
    argument: 'NAMES',
    text: 'Groups or hosts of the inventory, separated by commas.',
    isAddition: true,
  },
  {
    long: 'parallel',
    argument: 'N',
    text: 'How many daemons are asked at a time. Without it: all.',
    isAddition: true,
  },
  {
    long: 'stop-on-error',
    text: 'After the first daemon where the action fails no further one is asked.',
    isAddition: true,
  },
] as const satisfies readonly ProgramOption[];
