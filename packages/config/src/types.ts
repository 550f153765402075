/** The typed, validated, fully expanded content of a supervisord.conf. */
export interface Config {
  readonly supervisord: SupervisordConfig;
  /** All inet servers, then all unix servers, each in file order: the order in which they open. */
  readonly servers: readonly ServerConfig[];
  readonly rpcInterfaces: readonly RpcInterfaceConfig[];
  /** In final order: by priority, then name. */
  readonly groups: readonly GroupConfig[];
  readonly messages: ConfigMessages;
}

/** What reading the file adds to the main log at start: all critical, then all warn, then all info. */
export interface ConfigMessages {
  readonly critical: readonly string[];
  readonly warn: readonly string[];
  readonly info: readonly string[];
}

export type LogLevelName = 'critical' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'blather';

/** `[supervisord]`. */
export interface SupervisordConfig {
  /** The path of the file as it was given. */
  readonly path: string;
  readonly minFds: number;
  readonly minProcs: number;
  readonly directory: string | null;
  readonly user: UserId | null;
  readonly umask: number;
  /** Absolute and normalised, or `syslog`. */
  readonly logfile: string;
  readonly logfileMaxBytes: number;
  readonly logfileBackups: number;
  readonly logLevel: LogLevelName;
  /** tsvisor's own: how a line of the main log looks. */
  readonly logfileFormat: 'text' | 'json';
  readonly pidfile: string;
  readonly identifier: string;
  readonly noDaemon: boolean;
  readonly silent: boolean;
  readonly childLogDir: string;
  readonly noCleanup: boolean;
  readonly stripAnsi: boolean;
  /** This section's own variables; the programs' environments have them merged in already. */
  readonly environment: Readonly<Record<string, string>>;
  /** What SUPERVISOR_SERVER_URL is for programs with serverurl=AUTO; null: not set. */
  readonly serverUrl: string | null;
  /** tsvisor's own: what stops together at shutdown (difference D1). */
  readonly shutdownOrder: 'priority' | 'serial';
  /** tsvisor's own: how long the stop of everything may take; 0: as long as the programs may. */
  readonly shutdownTimeoutSeconds: number;
  /** tsvisor's own: whether what is left of other processes is asked to end; auto: as pid 1 (D8). */
  readonly sweep: boolean | 'auto';
  readonly sweepTimeoutSeconds: number;
  /** tsvisor's own: the process whose exit status becomes the daemon's, as group:name. */
  readonly exitCodeFrom: string | null;
  /** tsvisor's own: the daemon's exit status once it ends because of a FATAL process. */
  readonly fatalExitCode: number;
  /** tsvisor's own: signals to the daemon that it passes on to programs. */
  readonly forwardSignals: readonly ForwardedSignal[];
  /** tsvisor's own: a folder of programs that run, one after another, before any other starts. */
  readonly initDir: string | null;
  /** How long each of them may take; 0: as long as it likes. */
  readonly initTimeoutSeconds: number;
  /** tsvisor's own: what a change of the configuration's files leads to. */
  readonly watchConfig: 'off' | 'notify' | 'update';
}

/** `process` as group:name. */
export interface ForwardedSignal {
  readonly signal: number;
  readonly process: string;
}

/** A user to run as. */
export interface UserId {
  readonly uid: number;
  /** null: the primary group and the supplementary groups of the user's passwd entry. */
  readonly gid: number | null;
}

/** The owner of a socket file; gid null: not named, keep. */
export interface Owner {
  readonly uid: number;
  readonly gid: number | null;
}

/** A server, of either kind. */
export type ServerConfig = UnixServerConfig | InetServerConfig;

interface AnyServerConfig {
  /** Full section name: `unix_http_server`, `inet_http_server:b`. */
  readonly section: string;
  readonly username: string | null;
  /** Clear text, or `{SHA}` and the hex digest. */
  readonly password: string | null;
  /** tsvisor's own: who may look at everything and change nothing. */
  readonly readOnlyUsername: string | null;
  /** As `password`. */
  readonly readOnlyPassword: string | null;
  /** tsvisor's own: whether there is `/metrics`. */
  readonly metrics: boolean;
  /** tsvisor's own: whether there are `/healthz` and `/readyz`. */
  readonly health: boolean;
  /** Whether these two answer without a password. */
  readonly healthIsPublic: boolean;
}

/** `[unix_http_server]`. */
export interface UnixServerConfig extends AnyServerConfig {
  readonly family: 'unix';
  readonly file: string;
  readonly mode: number;
  readonly owner: Owner | null;
}

/** `[inet_http_server]`. */
export interface InetServerConfig extends AnyServerConfig {
  readonly family: 'inet';
  /** Lower case; empty for all interfaces; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  /** tsvisor's own: the files of a certificate, with its chain, and of its key; null: no TLS. */
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
  /** The file of the authorities one of which must have signed the client's certificate; null: clients need none. */
  readonly tlsClientCa: string | null;
}

/** `[rpcinterface:x]`, and likewise `[ctlplugin:x]`. */
export interface RpcInterfaceConfig {
  readonly name: string;
  /** `module:function`. */
  readonly factory: string;
  readonly options: Readonly<Record<string, string>>;
}

/** A group, of whichever kind. */
export type GroupConfig = ProgramGroupConfig | EventListenerPoolConfig | FcgiGroupConfig;

interface AnyGroupConfig {
  readonly name: string;
  readonly priority: number;
  /** In the order in which they start. */
  readonly processes: readonly ProcessConfig[];
}

export interface ProgramGroupConfig extends AnyGroupConfig {
  readonly type: 'program';
}

export interface EventListenerPoolConfig extends AnyGroupConfig {
  readonly type: 'eventlistener';
  readonly bufferSize: number;
  /** Upper case, sorted, no name twice. */
  readonly events: readonly string[];
  /** `module:function`. */
  readonly resultHandler: string;
  /** `listener_recover`: one that falls into UNKNOWN is restarted. */
  readonly recoversListeners: boolean;
}

export interface FcgiGroupConfig extends AnyGroupConfig {
  readonly type: 'fcgi-program';
  readonly socket: FcgiSocketConfig;
}

export type FcgiSocketConfig =
  | {
      readonly family: 'unix';
      readonly path: string;
      readonly owner: Owner | null;
      readonly mode: number;
      readonly backlog: number | null;
    }
  | {
      readonly family: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly backlog: number | null;
    };

/** One process of a program, as its section says it. */
export interface ProcessConfig {
  readonly name: string;
  /** After expansion, not yet split into words. */
  readonly command: string;
  readonly directory: string | null;
  readonly umask: number | null;
  readonly priority: number;
  readonly autostart: boolean;
  readonly autorestart: boolean | 'unexpected';
  readonly startSeconds: number;
  readonly startRetries: number;
  readonly user: UserId | null;
  /** A number; `signalName` words it. */
  readonly stopSignal: number;
  readonly stopWaitSeconds: number;
  readonly stopAsGroup: boolean;
  readonly killAsGroup: boolean;
  readonly exitCodes: readonly number[];
  readonly redirectStderr: boolean;
  /** tsvisor's own: what the whole supervisor does once this is FATAL, or has exited. */
  readonly onFatal: 'ignore' | 'shutdown';
  readonly onExit: 'ignore' | 'shutdown' | 'shutdown_if_unexpected';
  /** tsvisor's own: glob patterns of files whose change restarts it; relative to its directory. */
  readonly watch: readonly string[];
  /** How long no file may have changed before it is restarted, ms. */
  readonly watchDebounceMs: number;
  /** `[supervisord] environment` with the program's own on top. */
  readonly environment: Readonly<Record<string, string>>;
  /** null: AUTO; the empty text: SUPERVISOR_SERVER_URL is not set. */
  readonly serverUrl: string | null;
  readonly stdout: ChannelConfig;
  readonly stderr: ChannelConfig;
}

/** Where the output of one channel of a program goes. */
export interface ChannelConfig {
  readonly logfile: LogFile;
  /** 0: never rotated. */
  readonly maxBytes: number;
  readonly backups: number;
  /** 0: no capture. */
  readonly captureMaxBytes: number;
  readonly eventsEnabled: boolean;
  readonly syslog: boolean;
  /** tsvisor's own: what stands before each line; the empty text: lines are not looked at. */
  readonly prefix: string;
  readonly timestamp: 'none' | 'iso';
  readonly format: 'raw' | 'json';
}

/** A path may be relative: then to the daemon's directory when the program is spawned. */
export type LogFile =
  | { readonly to: 'none' }
  | { readonly to: 'auto' }
  /** The newest of it is kept in memory: no file asks for this, but programs that embed the engine. */
  | { readonly to: 'memory' }
  | { readonly to: 'file'; readonly path: string };

/** `[supervisorctl]`, as tsvctl needs it. */
export interface ControlConfig {
  /** null: built-in defaults, no file was found. */
  readonly path: string | null;
  readonly serverUrl: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly prompt: string;
  readonly historyFile: string | null;
  /** tsvisor's own: the file of the authorities that are trusted; null: those of the system. */
  readonly tlsCa: string | null;
  /** tsvisor's own: the files of our certificate and its key. */
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
  readonly plugins: readonly RpcInterfaceConfig[];
}
