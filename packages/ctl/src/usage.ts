/** What `-h` prints. */
export function usage(program: string): string {
  const name = program.replace(/^.*\//, '');
  return `${name} -- control applications run by supervisord from the cmd line.

Usage: ${program} [options] [action [arguments]]

Without an action, or with -i, actions are typed at a prompt. "help" lists
them, "help ACTION" explains one.

  -c, --configuration FILE     read this configuration; otherwise the usual places are searched
  -h, -?, --help               show this help and exit
  -i, --interactive            ask before what cannot be undone, and for a password
  -s, --serverurl URL          http://HOST:PORT or unix:///PATH (http://localhost:9001)
  -u, --username NAME          for a server that wants to know who asks
  -p, --password PASSWORD
  -r, --history_file FILE      accepted for the sake of old command lines; see history_file=

Several daemons at once:
  --hosts FILE                 an inventory of hosts and groups of hosts
  --on NAMES                   those to ask, separated by commas
  --parallel N                 how many at a time
  --stop-on-error              no further host once one has failed

`;
}
