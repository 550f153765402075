import { supervisordOptions as inFile } from '../options/supervisord.ts';
import type { SupervisordOverrides } from '../sections/supervisord.ts';
import { existingDirectory, pathInDirectory } from '../values/paths.ts';
import { list } from '../values/plain.ts';
import type { CommandLineOption } from './option.ts';

/** What tsvd can be told on its command line. */
export interface SupervisordCommandLine extends SupervisordOverrides {
  readonly path: string;
  /** Accepted, and of no effect. */
  readonly profileOptions: readonly string[];
  readonly printConfig: true;
  readonly checkConfig: true;
}

/** The command line of tsvd. Values are of the types that the file has for them. */
export const supervisordCommandLine: readonly CommandLineOption[] = [
  {
    to: 'path',
    short: 'c',
    long: 'configuration',
    argument: 'FILE',
    doc: 'read this configuration; otherwise the usual places are searched',
  },
  { to: 'noDaemon', short: 'n', long: 'nodaemon', doc: 'stay in the foreground' },
  {
    to: 'silent',
    short: 's',
    long: 'silent',
    doc: 'in the foreground, keep the log off standard output',
  },
  { to: 'help', short: 'h?', long: 'help', isLast: true, doc: 'show this help and exit' },
  { to: 'version', short: 'v', long: 'version', isLast: true, doc: 'show the version and exit' },
  {
    to: 'user',
    short: 'u',
    long: 'user',
    argument: 'USER',
    doc: 'become this user, by name, uid or uid:gid',
  },
  {
    to: 'umask',
    short: 'm',
    long: 'umask',
    argument: 'OCTAL',
    type: inFile.umask.type,
    doc: 'the file mode mask in the background (022)',
  },
  {
    to: 'directory',
    short: 'd',
    long: 'directory',
    argument: 'DIRECTORY',
    type: existingDirectory,
    doc: 'where to change to in the background',
  },
  {
    to: 'logfile',
    short: 'l',
    long: 'logfile',
    argument: 'FILE',
    type: pathInDirectory,
    doc: 'the main log',
  },
  {
    to: 'logfileMaxBytes',
    short: 'y',
    long: 'logfile_maxbytes',
    argument: 'BYTES',
    type: inFile.logfile_maxbytes.type,
    doc: 'rotate the main log at this size (50MB); 0 for never',
  },
  {
    to: 'logfileBackups',
    short: 'z',
    long: 'logfile_backups',
    argument: 'NUMBER',
    type: inFile.logfile_backups.type,
    doc: 'how many rotated main logs to keep (10)',
  },
  {
    to: 'logLevel',
    short: 'e',
    long: 'loglevel',
    argument: 'LEVEL',
    type: inFile.loglevel.type,
    doc: 'critical, error, warn, info, debug, trace or blather (info)',
  },
  {
    to: 'pidfile',
    short: 'j',
    long: 'pidfile',
    argument: 'FILE',
    type: pathInDirectory,
    doc: 'where to write the process id',
  },
  {
    to: 'identifier',
    short: 'i',
    long: 'identifier',
    argument: 'TEXT',
    doc: 'what this daemon is called (supervisor)',
  },
  {
    to: 'childLogDir',
    short: 'q',
    long: 'childlogdir',
    argument: 'DIRECTORY',
    type: existingDirectory,
    doc: 'where the automatic logs of programs go',
  },
  {
    to: 'noCleanup',
    short: 'k',
    long: 'nocleanup',
    doc: 'keep the automatic logs of an earlier run',
  },
  {
    to: 'minFds',
    short: 'a',
    long: 'minfds',
    argument: 'NUMBER',
    type: inFile.minfds.type,
    doc: 'how many open files are needed (1024)',
  },
  {
    to: 'stripAnsi',
    short: 't',
    long: 'strip_ansi',
    doc: 'take terminal escape sequences out of the logs of programs',
  },
  {
    to: 'minProcs',
    long: 'minprocs',
    argument: 'NUMBER',
    type: inFile.minprocs.type,
    doc: 'how many processes are needed (200)',
  },
  {
    to: 'profileOptions',
    long: 'profile_options',
    argument: 'LIST',
    type: list,
    doc: 'accepted for the sake of old command lines; does nothing',
  },
  {
    to: 'printConfig',
    long: 'print-config',
    isOwn: true,
    doc: 'show as JSON what the configuration means, and exit',
  },
  {
    to: 'checkConfig',
    long: 'check-config',
    isOwn: true,
    doc: 'say what is wrong or useless in the configuration, and exit',
  },
];
