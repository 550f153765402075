import type { ChannelConfig, ProcessConfig } from '../types.ts';
import { duration } from '../values/duration.ts';
import { environment } from '../values/environment.ts';
import { logFile, type LogFileSetting } from '../values/log-file.ts';
import { processName } from '../values/name.ts';
import { user } from '../values/owners.ts';
import {
  autorestart,
  boolean,
  byteSize,
  exitCodes,
  integer,
  globs,
  octal,
  oneOf,
  text,
} from '../values/plain.ts';
import { signal } from '../values/signal.ts';
import { programServerUrl } from '../values/url.ts';
import type { OptionTable } from './table.ts';

/** A process as its section says it, before the log options have been brought into agreement. */
export interface ProcessSettings extends Omit<ProcessConfig, 'stdout' | 'stderr'> {
  readonly stdout: ChannelSettings;
  readonly stderr: ChannelSettings;
}

export interface ChannelSettings extends Omit<ChannelConfig, 'logfile'> {
  readonly logfile: LogFileSetting;
}

/** `[program:x]`, `[fcgi-program:x]`, `[eventlistener:x]`: what is read once for the section. */
export const programOptions = {
  priority: {
    to: 'priority',
    type: integer,
    default: '999',
    doc: 'Programs with lower numbers start first and stop last.',
  },
  autostart: {
    to: 'autostart',
    type: boolean,
    default: 'true',
    doc: 'Starts with the daemon.',
  },
  autorestart: {
    to: 'autorestart',
    type: autorestart,
    default: 'unexpected',
    doc: 'Starts again when it has exited: always, never, or when its status is not among `exitcodes`.',
  },
  startsecs: {
    to: 'startSeconds',
    type: integer,
    default: '1',
    doc: 'How many seconds it must stay up to count as started.',
  },
  startretries: {
    to: 'startRetries',
    type: integer,
    default: '3',
    doc: 'How often a failed start is tried again before the process is given up as FATAL.',
  },
  stopsignal: {
    to: 'stopSignal',
    type: signal,
    default: 'TERM',
    doc: 'The signal that asks it to stop.',
  },
  stopwaitsecs: {
    to: 'stopWaitSeconds',
    type: integer,
    default: '10',
    doc: 'How many seconds it has to stop before it is killed.',
  },
  stopasgroup: {
    to: 'stopAsGroup',
    type: boolean,
    default: 'false',
    doc: 'Sends the stop signal to its whole process group.',
  },
  killasgroup: {
    to: 'killAsGroup',
    type: boolean,
    default: { valueOf: 'stopasgroup' },
    doc: 'Kills its whole process group.',
  },
  exitcodes: {
    to: 'exitCodes',
    type: exitCodes,
    default: '0',
    doc: 'The exit statuses that are expected.',
  },
  redirect_stderr: {
    to: 'redirectStderr',
    type: boolean,
    default: 'false',
    doc: 'Sends standard error to the same pipe as standard output.',
  },
  on_fatal: {
    to: 'onFatal',
    type: oneOf('ignore', 'shutdown'),
    default: 'ignore',
    isOwn: true,
    doc: 'What the daemon does once the process is FATAL.',
  },
  on_exit: {
    to: 'onExit',
    type: oneOf('ignore', 'shutdown', 'shutdown_if_unexpected'),
    default: 'ignore',
    isOwn: true,
    doc: 'What the daemon does once the process has exited, or has done so with a status that is not among `exitcodes`.',
  },
  watch_debounce: {
    to: 'watchDebounceMs',
    type: duration,
    default: '500ms',
    isOwn: true,
    doc: 'How long none of the files that `watch` names may have changed before the program is restarted.',
  },
  numprocs: {
    type: integer,
    default: '1',
    doc: 'How many processes the section makes.',
  },
  numprocs_start: {
    type: integer,
    default: '0',
    doc: 'The `process_num` of the first one.',
  },
  stdout_capture_maxbytes: {
    to: 'stdout.captureMaxBytes',
    type: byteSize,
    default: '0',
    doc: 'How much of what stands between capture tokens on standard output is kept for an event; 0 for no capture.',
  },
  stdout_events_enabled: {
    to: 'stdout.eventsEnabled',
    type: boolean,
    default: 'false',
    doc: 'Makes a PROCESS_LOG_STDOUT event of all that is written to standard output.',
  },
  stderr_capture_maxbytes: {
    to: 'stderr.captureMaxBytes',
    type: byteSize,
    default: '0',
    doc: 'How much of what stands between capture tokens on standard error is kept for an event; 0 for no capture.',
  },
  stderr_events_enabled: {
    to: 'stderr.eventsEnabled',
    type: boolean,
    default: 'false',
    doc: 'Makes a PROCESS_LOG_STDERR event of all that is written to standard error.',
  },
  serverurl: {
    to: 'serverUrl',
    type: programServerUrl,
    default: null,
    defaultDoc: '`AUTO`',
    doc: 'What SUPERVISOR_SERVER_URL is for the program; `AUTO` for the first server of the file.',
  },
  user: {
    to: 'user',
    type: user,
    default: null,
    doc: 'Who the program runs as.',
  },
  umask: {
    to: 'umask',
    type: octal,
    default: null,
    doc: "The program's file mode mask.",
  },
  process_name: {
    type: processName,
    default: '%(program_name)s',
    expansion: 'later',
    doc: 'The names of the processes; needs `%(process_num)` in it when `numprocs` is more than 1.',
  },
} satisfies OptionTable<ProcessSettings>;

/** The same sections: what is read anew for each process, and may use `process_num`. */
export const processOptions = {
  environment: {
    to: 'environment',
    type: environment,
    default: '',
    calledInMessages: 'environment',
    doc: 'Variables for the program, on top of those of `[supervisord]`.',
  },
  directory: {
    to: 'directory',
    type: text,
    default: null,
    doc: 'Where the program starts.',
  },
  watch: {
    to: 'watch',
    type: globs,
    default: '',
    isOwn: true,
    doc: 'Files whose change restarts the program, unless it was stopped: glob patterns, separated by commas, those after a `!` are exceptions; relative ones to its `directory`.',
  },
  stdout_logfile: {
    to: 'stdout.logfile',
    type: logFile,
    default: 'AUTO',
    expansion: 'twice',
    calledInMessages: 'stdout_logfile',
    doc: 'Where standard output is logged; `AUTO` for a file that lasts as long as the daemon.',
  },
  stdout_logfile_backups: {
    to: 'stdout.backups',
    type: integer,
    default: '10',
    doc: 'How many rotated logs of standard output are kept.',
  },
  stdout_logfile_maxbytes: {
    to: 'stdout.maxBytes',
    type: byteSize,
    default: '50MB',
    doc: 'The size at which the log of standard output is rotated; 0 for never.',
  },
  stdout_syslog: {
    to: 'stdout.syslog',
    type: boolean,
    default: 'false',
    doc: 'Sends standard output to syslog as well.',
  },
  stderr_logfile: {
    to: 'stderr.logfile',
    type: logFile,
    default: 'AUTO',
    expansion: 'twice',
    calledInMessages: 'stderr_logfile',
    doc: 'Where standard error is logged, unless `redirect_stderr` is on.',
  },
  stderr_logfile_backups: {
    to: 'stderr.backups',
    type: integer,
    default: '10',
    doc: 'How many rotated logs of standard error are kept.',
  },
  stderr_logfile_maxbytes: {
    to: 'stderr.maxBytes',
    type: byteSize,
    default: '50MB',
    doc: 'The size at which the log of standard error is rotated; 0 for never.',
  },
  stderr_syslog: {
    to: 'stderr.syslog',
    type: boolean,
    default: 'false',
    doc: 'Sends standard error to syslog as well.',
  },
  command: {
    to: 'command',
    type: text,
    default: null,
    defaultDoc: 'required',
    doc: 'What to run: a program and its arguments, without a shell.',
    check: (value, { section }) =>
      value === null ? `program section ${section} does not specify a command` : undefined,
  },
  stdout_prefix: {
    to: 'stdout.prefix',
    type: text,
    default: '',
    isOwn: true,
    isInherited: true,
    doc: 'What stands before each line of standard output, and a blank after it; `%(program_name)s |`, say.',
  },
  stdout_timestamp: {
    to: 'stdout.timestamp',
    type: oneOf('none', 'iso'),
    default: 'none',
    isOwn: true,
    isInherited: true,
    doc: 'The time before each line of standard output, in ISO 8601 and UTC.',
  },
  stdout_format: {
    to: 'stdout.format',
    type: oneOf('raw', 'json'),
    default: 'raw',
    isOwn: true,
    isInherited: true,
    doc: 'Each line of standard output as it is, or as one JSON object.',
  },
  stderr_prefix: {
    to: 'stderr.prefix',
    type: text,
    default: { valueOf: 'stdout_prefix' },
    isOwn: true,
    isInherited: true,
    doc: 'What stands before each line of standard error, and a blank after it; `%(program_name)s |`, say.',
  },
  stderr_timestamp: {
    to: 'stderr.timestamp',
    type: oneOf('none', 'iso'),
    default: { valueOf: 'stdout_timestamp' },
    isOwn: true,
    isInherited: true,
    doc: 'The time before each line of standard error, in ISO 8601 and UTC.',
  },
  stderr_format: {
    to: 'stderr.format',
    type: oneOf('raw', 'json'),
    default: { valueOf: 'stdout_format' },
    isOwn: true,
    isInherited: true,
    doc: 'Each line of standard error as it is, or as one JSON object.',
  },
} satisfies OptionTable<ProcessSettings>;

export const everyOption = { ...programOptions, ...processOptions };
