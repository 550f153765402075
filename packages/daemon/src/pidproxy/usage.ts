/** What pidproxy prints when it is given too little, on stdout. */
export const usageOf = (program: string): string =>
  [
    'pidproxy -- run command and proxy signals to it via its pidfile.',
    '',
    'For programs that go into the background by themselves: starts the command, stays in the',
    'foreground in its place, and passes each signal on to the process whose id the pidfile holds.',
    '',
    `Usage: ${program} <pidfile name> <command> [<cmdarg1> ...]`,
    '',
    '',
  ].join('\n');
