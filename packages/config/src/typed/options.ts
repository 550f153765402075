import type { OptionsOfSupervisord } from './supervisord.ts';

/**
 * What a program may be told: the options of `[program:x]`, by their names in code, with the
 * defaults that they have in a file. A `%` is a `%`: nothing is expanded but in `processName`.
 */
export interface ProgramOptions {
  /** The program and its arguments: words, or a text that is split as a shell would. No shell runs. */
  readonly command: string | readonly string[];
  /** Variables on top of those of this program and of the supervisor's `environment`. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Where it starts; left out: where this program is. */
  readonly directory?: string | undefined;
  /** Its file mode mask, such as `0o022`; left out: that of this program. */
  readonly umask?: number | undefined;
  /** Who it runs as, by name or number; left out: who this program runs as. Needs root. */
  readonly user?: string | number | undefined;
  /** Lower ones start first and stop last. @default 999 */
  readonly priority?: number | undefined;
  /** Starts with the supervisor, or when it is added. @default true */
  readonly autostart?: boolean | undefined;
  /** Starts again when it has exited: always, never, or after a status that is not expected. @default 'unexpected' */
  readonly autorestart?: boolean | 'unexpected' | undefined;
  /** How many seconds it must stay up to count as RUNNING. @default 1 */
  readonly startSeconds?: number | undefined;
  /** How often a failed start is tried again before it is FATAL. @default 3 */
  readonly startRetries?: number | undefined;
  /** What asks it to stop: `TERM`, `SIGTERM`, 15. @default 'TERM' */
  readonly stopSignal?: string | number | undefined;
  /** How many seconds it has to stop before it is killed. @default 10 */
  readonly stopWaitSeconds?: number | undefined;
  /** The stop signal goes to its whole process group, as does SIGKILL then. @default false */
  readonly stopAsGroup?: boolean | undefined;
  /** SIGKILL goes to its whole process group. @default as `stopAsGroup` */
  readonly killAsGroup?: boolean | undefined;
  /** The exit statuses that are expected. @default [0] */
  readonly exitCodes?: readonly number[] | undefined;
  /** Its stderr goes where its stdout goes. @default false */
  readonly redirectStderr?: boolean | undefined;
  /** What its end leads to: `shutdown` stops the whole supervisor. @default 'ignore' */
  readonly onExit?: 'ignore' | 'shutdown' | 'shutdown_if_unexpected' | undefined;
  /** What it leads to that it is FATAL. @default 'ignore' */
  readonly onFatal?: 'ignore' | 'shutdown' | undefined;
  /** What SUPERVISOR_SERVER_URL is for it; left out: not set. */
  readonly serverUrl?: string | undefined;
  readonly stdout?: OutputOptions | undefined;
  readonly stderr?: OutputOptions | undefined;
  /** How many processes it makes, all in its group. @default 1 */
  readonly numprocs?: number | undefined;
  /** The number of the first of them. @default 0 */
  readonly numprocsStart?: number | undefined;
  /** What they are called. @default the program's name, and for several `%(program_name)s_%(process_num)02d` */
  readonly processName?: string | undefined;
}

/** Where what a program writes goes, besides whoever reads its `lines()`. */
export interface OutputOptions {
  /** `memory` keeps the newest MiB, `none` nothing, all else is the path of a file. @default 'memory' */
  readonly logfile?: string | undefined;
  /** The size at which a file is rotated, in bytes; 0 for never. @default 50 MiB */
  readonly maxBytes?: number | undefined;
  /** How many rotated files are kept. @default 10 */
  readonly backups?: number | undefined;
  /** Goes to syslog as well. @default false */
  readonly syslog?: boolean | undefined;
  /** How many bytes between capture tokens are kept for an event; 0 for no capture. @default 0 */
  readonly captureMaxBytes?: number | undefined;
  /** All that is written becomes PROCESS_LOG events. @default false */
  readonly eventsEnabled?: boolean | undefined;
  /** What stands before each line of the log. @default '' */
  readonly prefix?: string | undefined;
  /** The time before each line of the log. @default 'none' */
  readonly timestamp?: 'none' | 'iso' | undefined;
  /** Each line of the log as it is, or as a JSON object. @default 'raw' */
  readonly format?: 'raw' | 'json' | undefined;
}

/** `[group:x]`: programs that are in one group instead of one each. */
export interface GroupOptions {
  /** The names of programs. */
  readonly programs: readonly string[];
  /** Lower ones start first and stop last. @default 999 */
  readonly priority?: number | undefined;
}

/** `[eventlistener:x]`: a program that is told of events on its stdin. */
export interface EventListenerOptions extends ProgramOptions {
  /** The events that it wants: `PROCESS_STATE`, `TICK_60`. */
  readonly events: readonly string[];
  /** How many events wait for it; of more, the oldest is dropped. @default 10 */
  readonly bufferSize?: number | undefined;
  /** What judges its answers, by a name that the supervisor's `resultHandlers` has. */
  readonly resultHandler?: string | undefined;
  /** One that has broken the protocol is restarted. @default false */
  readonly recoversListeners?: boolean | undefined;
}

/** `[fcgi-program:x]`: processes that share a FastCGI socket as their descriptor 0. */
export interface FcgiProgramOptions extends ProgramOptions {
  /** `unix:///path` or `tcp://host:port`. */
  readonly socket: string;
  /** Who owns a unix socket: `user` or `user:group`. */
  readonly socketOwner?: string | undefined;
  /** The mode of a unix socket. @default 0o700 */
  readonly socketMode?: number | undefined;
  /** How many connections wait to be accepted, 1 to 65535. */
  readonly socketBacklog?: number | undefined;
}

/** What a whole file would say, each section by its name. */
export interface ConfigOptions extends OptionsOfSupervisord {
  readonly programs?: Readonly<Record<string, ProgramOptions>> | undefined;
  readonly groups?: Readonly<Record<string, GroupOptions>> | undefined;
  readonly eventListeners?: Readonly<Record<string, EventListenerOptions>> | undefined;
  readonly fcgiPrograms?: Readonly<Record<string, FcgiProgramOptions>> | undefined;
}
