import type {
  ChannelConfig,
  Config,
  InetServerConfig,
  ProcessConfig,
  ProgramGroupConfig,
  SupervisordConfig,
  UnixServerConfig,
} from '@tsvisor/config';

// Configurations that no file was read for: each is valid as it is, and takes what should differ.

/** A log that goes nowhere. */
export const channel = (change: Partial<ChannelConfig> = {}): ChannelConfig => ({
  logfile: { to: 'none' },
  maxBytes: 0,
  backups: 0,
  captureMaxBytes: 0,
  eventsEnabled: false,
  syslog: false,
  prefix: '',
  timestamp: 'none',
  format: 'raw',
  ...change,
});

/** A program as the defaults make it, without logs. */
export const program = (name: string, change: Partial<ProcessConfig> = {}): ProcessConfig => ({
  name,
  command: '/bin/sh',
  directory: null,
  umask: null,
  priority: 999,
  autostart: true,
  autorestart: 'unexpected',
  startSeconds: 1,
  startRetries: 3,
  user: null,
  stopSignal: 15,
  stopWaitSeconds: 10,
  stopAsGroup: false,
  killAsGroup: false,
  exitCodes: [0],
  redirectStderr: false,
  onFatal: 'ignore',
  onExit: 'ignore',
  watch: [],
  watchDebounceMs: 500,
  environment: {},
  serverUrl: null,
  stdout: channel(),
  stderr: channel(),
  ...change,
});

/** A group of programs. */
export const group = (
  name: string,
  processes: readonly ProcessConfig[],
  priority = 999,
): ProgramGroupConfig => ({ type: 'program', name, priority, processes });

/** A program in the group of its own name. */
export const single = (name: string, change: Partial<ProcessConfig> = {}): ProgramGroupConfig =>
  group(name, [program(name, change)], change.priority);

const anyServer = {
  username: null,
  password: null,
  readOnlyUsername: null,
  readOnlyPassword: null,
  metrics: false,
  health: false,
  healthIsPublic: false,
};

/** A server on a unix socket. */
export const unixServer = (
  file: string,
  change: Partial<UnixServerConfig> = {},
): UnixServerConfig => ({
  family: 'unix',
  section: 'unix_http_server',
  file,
  mode: 0o700,
  owner: null,
  ...anyServer,
  ...change,
});

/** On a port of the loopback address that the system chooses. */
export const inetServer = (change: Partial<InetServerConfig> = {}): InetServerConfig => ({
  family: 'inet',
  section: 'inet_http_server',
  host: '127.0.0.1',
  port: 0,
  tlsCert: null,
  tlsKey: null,
  tlsClientCa: null,
  ...anyServer,
  ...change,
});

/** One without servers, whose daemon stays in the foreground and writes no file. */
export const config = (
  groups: Config['groups'],
  supervisord: Partial<SupervisordConfig> = {},
): Config => ({
  supervisord: {
    path: 'supervisord.conf',
    minFds: 1024,
    minProcs: 200,
    directory: null,
    user: null,
    umask: 0o022,
    logfile: '/dev/null',
    logfileMaxBytes: 0,
    logfileBackups: 0,
    logLevel: 'info',
    logfileFormat: 'text',
    pidfile: '/nonexistent/pid',
    identifier: 'supervisor',
    noDaemon: true,
    silent: false,
    childLogDir: '/nonexistent',
    noCleanup: false,
    stripAnsi: false,
    environment: {},
    serverUrl: null,
    shutdownOrder: 'priority',
    shutdownTimeoutSeconds: 0,
    sweep: 'auto',
    sweepTimeoutSeconds: 2,
    exitCodeFrom: null,
    fatalExitCode: 0,
    forwardSignals: [],
    initDir: null,
    initTimeoutSeconds: 0,
    watchConfig: 'off',
    ...supervisord,
  },
  servers: [],
  rpcInterfaces: [],
  groups,
  messages: { critical: [], warn: [], info: [] },
});
