import { code, generated, page, table } from './markdown.ts';

/** A line of the main log; what stands for a value is `<so>`. */
export interface LogLine {
  readonly level: string;
  readonly text: string;
  readonly meaning: string;
  /** Unknown to supervisord. */
  readonly isOwn?: true;
}

type Row = readonly [level: string, text: string, meaning: string, of?: 'tsvisor'];

const processes: readonly Row[] = [
  ['info', "spawned: '<name>' with pid <pid>", 'A process has been started.'],
  [
    'info',
    'success: <name> entered RUNNING state, process has stayed up for > than <seconds> seconds (startsecs)',
    'It counts as started.',
  ],
  [
    'info',
    'exited: <name> (<status>; expected)',
    'It ended by itself, with a status among exitcodes.',
  ],
  [
    'warn',
    'exited: <name> (<status>; not expected)',
    'It ended by itself otherwise, or too early.',
  ],
  ['info', 'stopped: <name> (<status>)', 'It ended because it was asked to.'],
  [
    'warn',
    'stopped: <name> (<status>)',
    'The same, with a status that is not expected; a signal is none.',
  ],
  ['info', 'spawnerr: <why>', 'It could not be started.'],
  [
    'info',
    'gave up: <name> entered FATAL state, too many start retries too quickly',
    'It is not tried again until somebody asks.',
  ],
  ['info', 'waiting for <name> to stop', 'A client waits for a stop that takes longer.'],
  ['warn', "killing '<name>' (<pid>) with SIGKILL", 'It has not stopped within stopwaitsecs.'],
  ['debug', 'killing <name> (pid <pid>)<of what> with signal <signal>', 'It is asked to stop.'],
  ['debug', 'sending <name> (pid <pid>) sig <signal>', 'A client sends it a signal.'],
  [
    'debug',
    'Attempted to kill <name>, which is in BACKOFF state.',
    'A stop while it waits for its next try.',
  ],
  [
    'warn',
    "process '<name>' already running",
    'It was to be started while it runs, which is not done.',
  ],
  ['debug', '<what>: [Errno 3] No such process', 'It was gone before its signal came.'],
  [
    'critical',
    "internal error while spawning '<name>': <trace>",
    'Report it: the others go on.',
    'tsvisor',
  ],
  ['info', 'reaped unknown pid <pid> (<status>)', 'A process that others left behind has ended.'],
  [
    'debug',
    'fd <number> closed, stopped monitoring <what>',
    'A process has closed one of its outputs.',
  ],
];

const daemon: readonly Row[] = [
  ['info', 'supervisord started with pid <pid>', 'It is up. Also after each restart.'],
  [
    'critical',
    'Supervisor is running as root.  Privileges were not dropped because no user is specified in the config file.  If you intend to run as root, you can set user=root in the config file to avoid this message.',
    'What it says.',
  ],
  ['info', 'Set uid to user <uid> succeeded', 'user= has been obeyed.'],
  ['info', 'Included extra file "<path>" during parsing', 'A file that [include] names.'],
  ['warn', 'No file matches via include "<pattern>"', 'Nothing of it is read.'],
  ['info', 'Increased <name> limit to <n>', 'As minfds= or minprocs= asks for.'],
  [
    'warn',
    'pid 1 is <shell>, which does not pass TERM on: a stop of the container will not be graceful unless the last command is run by exec',
    'docker stop will take ten seconds, and kill.',
    'tsvisor',
  ],
  ['info', 'daemonizing the supervisord process', 'It goes into the background.'],
  ['blather', 'supervisord forked; parent exiting', 'The same.'],
  ['info', 'set current directory: <path>', 'directory= has been obeyed.'],
  ['critical', "can't chdir into <path>: <why>", 'directory= could not be obeyed; it goes on.'],
  ['critical', 'could not write pidfile <path>', 'It goes on without.'],
  [
    'critical',
    "Server '<section>' running without any HTTP authentication checking",
    'Whoever reaches it may do everything.',
  ],
  [
    'info',
    "Server '<section>' has a new certificate from <path>, valid until <day>",
    'The files of tls_cert, tls_key or tls_client_ca have changed; clients from now on are shown it.',
    'tsvisor',
  ],
  [
    'error',
    "Server '<section>' goes on with the certificate it has: <why>",
    'The files have changed and are no good: which one, and why.',
    'tsvisor',
  ],
  [
    'warn',
    "Server '<section>' has a certificate that clients will refuse: <path> is valid from <day> to <day>",
    'It is out of date, or its time has not come.',
    'tsvisor',
  ],
  [
    'warn',
    "Server '<section>' cannot watch <path> for a new certificate, and looks when a client connects: <why>",
    'Such as the limits of inotify: the first client after a change may still see the old one.',
    'tsvisor',
  ],
  ['info', "RPC interface '<name>' initialized", 'Once for each server.'],
  ['warn', 'received <signal> indicating exit request', 'All is stopped, and then it ends.'],
  ['warn', 'received <signal> indicating restart request', 'All is stopped, and it begins anew.'],
  [
    'warn',
    'ignored <signal> indicating restart request (shutdown in progress)',
    'It is about to end.',
  ],
  ['info', 'received <signal> indicating log reopen request', 'Logs are closed and opened again.'],
  ['info', 'supervisord logreopen', 'The last line of the log before that.'],
  ['info', 'reopening log file', 'The last line before clearLog.'],
  ['debug', 'received <signal> indicating a child quit', 'One or more processes have ended.'],
  ['info', 'received <signal>, passed on to <name>', 'As forward_signals= says.', 'tsvisor'],
  [
    'warn',
    'received <signal>, cannot pass it on to <name>: <why>',
    'The program does not run.',
    'tsvisor',
  ],
  ['info', 'waiting for <names> to die', 'They are still being stopped.'],
  ['blather', '<name> state: <state>', 'The state of each of them.'],
  [
    'warn',
    'asked again to stop, killing <names>',
    'A second TERM or INT does not wait for them.',
    'tsvisor',
  ],
  [
    'warn',
    'shutdown_timeout of <n> seconds is over, killing <names>',
    'What is left gets SIGKILL.',
    'tsvisor',
  ],
  ['info', 'sweeping: TERM to <pids>', 'What programs left behind is asked to end.', 'tsvisor'],
  ['warn', 'sweep_timeout of <n> seconds is over, killing <pids>', 'It did not.', 'tsvisor'],
  [
    'warn',
    "out of memory: the kernel has killed processes of this cgroup, '<name>' probably among them",
    'A process has ended by SIGKILL, and the kernel has counted such kills meanwhile.',
    'tsvisor',
  ],
  ['info', 'init script <path> runs', 'A program of init_dir= has been started.', 'tsvisor'],
  ['info', 'init script <path>: <line>', 'It has written a line.', 'tsvisor'],
  [
    'critical',
    'init script <path> <how>, nothing is started',
    'It failed, and tsvd ends.',
    'tsvisor',
  ],
  [
    'critical',
    'not restarting, the configuration cannot be used: <why>',
    'Nothing was stopped: mend the file, and ask again.',
    'tsvisor',
  ],
  [
    'critical',
    'cannot start again: <why>',
    'A restart came to nothing: all is stopped, and it ends.',
    'tsvisor',
  ],
  ['critical', 'internal error, going on: <trace>', 'Report it: the programs are kept.', 'tsvisor'],
  [
    'error',
    'a listener to <event> failed: <why>',
    'The same, in code that embeds the supervisor.',
    'tsvisor',
  ],
];

const logs: readonly Row[] = [
  [
    'warn',
    'cannot write log file <path>: <why>',
    'Output waits in memory, and is written when it can be.',
    'tsvisor',
  ],
  [
    'warn',
    'cannot rotate log file <path>, it grows on: <why>',
    'It goes on in the same file.',
    'tsvisor',
  ],
  ['warn', 'cannot reopen log file <path>: <why>', 'It is tried again.', 'tsvisor'],
  [
    'warn',
    'log file <path> is written again<loss>',
    'The trouble is over; how much was lost.',
    'tsvisor',
  ],
  ['debug', '<name> stdout output:\n<text>', 'What an event listener said.'],
];

const events: readonly Row[] = [
  ['debug', '<name>: <state> -> <state>', 'A listener has changed its state in the protocol.'],
  ['debug', 'event <serial> sent to listener <name>', 'An event is on its way.'],
  ['debug', '<name>: event was processed', 'The listener answered OK.'],
  ['warn', '<name>: event was rejected', 'It answered FAIL; the event is sent again.'],
  ['warn', '<name>: event caused an error', 'The result handler failed; the event is sent again.'],
  ['warn', "<name>: bad result line: '<line>'", 'It said what is no answer.'],
  [
    'warn',
    '<name>: has entered the UNKNOWN state and will no longer receive events, this usually indicates the process violated the eventlistener protocol',
    'Restart it, once it is mended.',
  ],
  [
    'info',
    '<name>: is restarted, to receive events again (listener_recover=true)',
    'Done for you.',
    'tsvisor',
  ],
  [
    'debug',
    'epipe occurred while sending event <serial> to listener <name>, listener state unchanged',
    'The listener has closed its standard input.',
  ],
  [
    'debug',
    'rebuffering event <serial> for pool <pool> (buf size=<n>, max=<n>)',
    'The event waits for a listener to try again.',
  ],
  [
    'error',
    'pool <pool> event buffer overflowed, discarding event <serial>',
    'Its listeners are too slow; a larger buffer_size= gives them time.',
  ],
];

const sockets: readonly Row[] = [
  ['info', 'Creating socket <url>', 'The first process of an [fcgi-program:x] starts.'],
  ['info', 'Closing socket <url>', 'The last one has ended.'],
];

const clients: readonly Row[] = [
  ['trace', 'XML-RPC method called: <name>()', 'A client calls it.'],
  ['trace', 'XML-RPC method <name>() returned successfully', 'It went well, or is under way.'],
  ['trace', 'XML-RPC method <name>() returned fault: [<code>] <text>', 'It did not.'],
  [
    'error',
    'XML-RPC request data <data> is invalid: <why>',
    'A client sent what is no call: HTTP 400.',
  ],
  [
    'critical',
    'Handling XML-RPC request with data <data> raised an unexpected exception: <trace>',
    'Often a parameter of a wrong type: HTTP 500.',
  ],
  ['error', 'XML-RPC response callback error:<trace>', 'The same, after a wait.'],
  [
    'error',
    'Handling <method> <target> raised an unexpected exception: <trace>',
    'The JSON API could not answer: HTTP 500.',
  ],
  [
    'warn',
    '<method> <target> failed with nobody waiting: <reason>',
    'The JSON API was told not to wait (`wait=false`).',
  ],
  ['error', 'Web interface error:<trace>', 'A page could not be made: HTTP 500.'],
];

const watching: readonly Row[] = [
  [
    'info',
    'watching the configuration (watch_config=<mode>): <files>',
    'Changes of these files are noticed, and new files that an include matches.',
  ],
  [
    'info',
    '<file> has changed: an update would <changes>',
    'As watch_config=notify says; `tsvctl update` does it.',
  ],
  ['info', '<file> has changed: an update begins, to <changes>', 'As watch_config=update says.'],
  ['info', 'the update is done: <changes>', 'The groups are as the files say.'],
  ['error', 'the update could not <change> group <group>: <why>', 'It went on with the others.'],
  ['info', '<file> has changed: no group would', 'A comment, say.'],
  [
    'warn',
    '<options> changed: takes effect with a reload (tsvctl reload)',
    'No update brings them into force, and a reload stops everything for a moment.',
  ],
  [
    'error',
    '<file> has changed, but the configuration cannot be used, nothing is done: <why>',
    'Mend the file: it is read again at its next change.',
  ],
  [
    'warn',
    'cannot watch all of the configuration, trying again: <why>',
    'Each minute, until it can.',
  ],
  [
    'info',
    'watching the files of <names> (watch) from: <paths>',
    'From now on; these are where its patterns begin.',
  ],
  ['info', 'restarting <names>: <file> has changed (watch)', 'As watch= of the program says.'],
  [
    'warn',
    '<file> has changed, but <names> has been restarted <n> times in a row, and waits <n> seconds: if it writes that file itself, take it out of watch with !PATTERN',
    'Each restart was followed by a change within five seconds.',
  ],
  [
    'warn',
    'cannot start <name> after a change of its files: <why>',
    'It did not run; its command is not there, for example.',
  ],
  [
    'warn',
    '<path> is not there: <name> is restarted once it is (watch)',
    'A folder or file that watch= names.',
  ],
  [
    'warn',
    'cannot watch all files of <name>: <why>',
    'Tried again each minute if there was no room: see fs.inotify.max_user_watches.',
  ],
].map(([level = '', text = '', meaning = '']) => [level, text, meaning, 'tsvisor']);

const socketFiles: readonly Row[] = [
  [
    'warn',
    'socket <path> was removed, and is made anew',
    'Something cleans up where it should not; clients reach it again.',
  ],
  [
    'error',
    'socket <path> was removed, and cannot be made anew: <why>',
    'Tried again each second; its folder may be gone too.',
  ],
  [
    'warn',
    "socket <path> is somebody else's now, who has our clients",
    'Two daemons with one configuration, or a mistake: a restart takes it back, if nobody listens there.',
  ],
].map(([level = '', text = '', meaning = '']) => [level, text, meaning, 'tsvisor']);

const chapters: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  ['Processes', processes],
  ['The daemon', daemon],
  ['Log files', logs],
  ['Events', events],
  ['FastCGI', sockets],
  ['Clients', clients],
  ['Socket files', socketFiles],
  ['Files that are watched', watching],
];

export const logLines: readonly LogLine[] = chapters.flatMap(([, rows]) =>
  rows.map(([level, text, meaning, of]) => ({
    level,
    text,
    meaning,
    ...(of === 'tsvisor' && { isOwn: true as const }),
  })),
);

/** docs/reference/log-lines.md: what operators search the main log for. */
export function logLinesPage(): string {
  return page(
    '# Lines of the main log',
    generated,
    'Each begins with the time and its level as in supervisord: `CRIT`, `ERRO`, `WARN`, `INFO`, `DEBG`, `TRAC`, `BLAT`. `loglevel` says which are written. Words in angle brackets stand for what is put there.',
    ...chapters.flatMap(([title, rows]) => [
      `## ${title}`,
      table(
        ['level', 'line', 'meaning', 'of'],
        rows.map(([level, text, meaning, of = 'supervisord']) => [
          level,
          code(text.replaceAll('\n', ' ')),
          meaning,
          of,
        ]),
      ),
    ]),
  );
}
