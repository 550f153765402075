import type { SupervisordConfig } from '../types.ts';
import { environment } from '../values/environment.ts';
import { user } from '../values/owners.ts';
import { existingDirectory, mainLog, pathInDirectory } from '../values/paths.ts';
import {
  boolean,
  byteSize,
  count,
  integer,
  logLevel,
  octal,
  oneOf,
  switchOrAuto,
  text,
} from '../values/plain.ts';
import type { OptionTable } from './table.ts';

/** `[supervisord]` */
export const supervisordOptions = {
  minfds: {
    to: 'minFds',
    type: integer,
    default: '1024',
    doc: 'How many open files the daemon needs; its limit is raised to that, or the start fails.',
  },
  minprocs: {
    to: 'minProcs',
    type: integer,
    default: '200',
    doc: 'How many processes the daemon needs; its limit is raised to that, or the start fails.',
  },
  directory: {
    to: 'directory',
    type: existingDirectory,
    default: null,
    doc: 'Where the daemon changes to when it goes into the background.',
  },
  user: {
    to: 'user',
    type: user,
    default: null,
    isResolvedLast: true,
    doc: 'Who the daemon becomes when it is started as root.',
  },
  umask: {
    to: 'umask',
    type: octal,
    default: '022',
    doc: 'The file mode mask of the daemon once it is in the background.',
  },
  logfile: {
    to: 'logfile',
    type: mainLog,
    default: 'supervisord.log',
    doc: 'The main log; `syslog` sends it to syslog.',
  },
  logfile_maxbytes: {
    to: 'logfileMaxBytes',
    type: byteSize,
    default: '50MB',
    doc: 'The size at which the main log is rotated; 0 for never.',
  },
  logfile_backups: {
    to: 'logfileBackups',
    type: integer,
    default: '10',
    doc: 'How many rotated main logs are kept.',
  },
  loglevel: {
    to: 'logLevel',
    type: logLevel,
    default: 'info',
    doc: 'The least important lines that the main log shows.',
  },
  pidfile: {
    to: 'pidfile',
    type: pathInDirectory,
    default: 'supervisord.pid',
    doc: 'Where the daemon writes its process id.',
  },
  identifier: {
    to: 'identifier',
    type: text,
    default: 'supervisor',
    doc: 'What this daemon is called in RPC answers, events and the names of automatic logs.',
  },
  nodaemon: {
    to: 'noDaemon',
    type: boolean,
    default: 'false',
    doc: 'Stays in the foreground and copies the main log to standard output.',
  },
  silent: {
    to: 'silent',
    type: boolean,
    default: 'false',
    doc: 'In the foreground, keeps the main log off standard output.',
  },
  childlogdir: {
    to: 'childLogDir',
    type: existingDirectory,
    default: null,
    defaultDoc: 'the folder for temporary files: `$TMPDIR`, or `/tmp`',
    doc: 'Where the automatic logs of programs go.',
  },
  nocleanup: {
    to: 'noCleanup',
    type: boolean,
    default: 'false',
    doc: 'Keeps the automatic logs of an earlier run at start.',
  },
  strip_ansi: {
    to: 'stripAnsi',
    type: boolean,
    default: 'false',
    doc: 'Takes terminal escape sequences out of the logs of programs.',
  },
  environment: {
    to: 'environment',
    type: environment,
    default: '',
    calledInMessages: 'environment',
    doc: 'Variables for every program; those of a program itself win.',
  },
  logfile_format: {
    to: 'logfileFormat',
    type: oneOf('text', 'json'),
    default: 'text',
    isOwn: true,
    doc: 'How a line of the main log looks: as supervisord writes it, or one JSON object.',
  },
  shutdown_order: {
    to: 'shutdownOrder',
    type: oneOf('priority', 'serial'),
    default: 'priority',
    isOwn: true,
    doc: 'At shutdown, groups of equal priority stop together, or strictly one group after another.',
  },
  shutdown_timeout: {
    to: 'shutdownTimeoutSeconds',
    type: count(86_400),
    default: '0',
    isOwn: true,
    doc: 'How many seconds the stop of everything may take before all that is left is killed; 0 for as long as the programs may take.',
  },
  sweep: {
    to: 'sweep',
    type: switchOrAuto,
    default: 'auto',
    isOwn: true,
    doc: 'When all programs have stopped, asks every other process that is left to end, then kills it; `auto` for as pid 1 only.',
  },
  sweep_timeout: {
    to: 'sweepTimeoutSeconds',
    type: count(86_400),
    default: '2',
    isOwn: true,
    doc: 'How many seconds those processes have.',
  },
  exit_code_from: {
    to: 'exitCodeFrom',
    type: text,
    default: null,
    isOwn: true,
    doc: 'The program whose exit status the daemon ends with, as `name` or `group:name`.',
  },
  fatal_exit_code: {
    to: 'fatalExitCode',
    type: count(255),
    default: '0',
    isOwn: true,
    doc: 'What the daemon ends with once `on_fatal=shutdown` of a program has ended it.',
  },
} satisfies OptionTable<SupervisordConfig>;
