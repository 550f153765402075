/** What pidproxy prints when it is given too little, on stdout. */
export const usageOf = (program: string): string =>
  [
    'pidproxy -- run command and proxy signals to it via its pidfile.',
    '',
    'For commands that stay in the foreground and have another process do the work: starts the',
    'command, passes each signal on to the process whose id the pidfile holds, and ends within five',
    'seconds of the command.',
    '',
    `Usage: ${program} <pidfile name> <command> [<cmdarg1> ...]`,
    '',
    '',
  ].join('\n');
