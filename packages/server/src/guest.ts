/** The servers of a supervisor that is a guest in some program: one call for each. */
import { readGuestProgram } from '@tsvisor/core';
import type {
  Config,
  HostLogger,
  InetServerConfig,
  Logger,
  RpcInterfaceConfig,
  ServerConfig,
  Supervisor,
  UnixServerConfig,
} from '@tsvisor/core';
import { fault } from '@tsvisor/rpc';

import type { Limits } from './http/limits.ts';
import type { DaemonControl } from './methods/context.ts';
import { BUILT_IN } from './methods/interfaces.ts';
import { openServers } from './serve.ts';

/** Where a server is to be had, and what it offers. Either `port` or `path` is needed. */
export interface ServeGuestOptions {
  /** A TCP port; 0 for one that the system chooses. */
  readonly port?: number | undefined;
  /** The address for `port`; the empty text for all. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** The file of a unix socket. */
  readonly path?: string | undefined;
  /** The mode of that file. @default 0o700 */
  readonly mode?: number | undefined;
  /** Left out: whoever can connect may do everything. */
  readonly username?: string | undefined;
  /** In clear text, or `{SHA}` and the hex digest. */
  readonly password?: string | undefined;
  /** A second account, which may look at everything and change nothing. */
  readonly readOnlyUsername?: string | undefined;
  readonly readOnlyPassword?: string | undefined;
  /** The files of a certificate and its key, in PEM: HTTPS then. */
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  /** The file of the authorities one of which must have signed the client's certificate. */
  readonly tlsClientCa?: string | undefined;
  /** Whether there is `/metrics`, for Prometheus. @default false */
  readonly metrics?: boolean | undefined;
  /** Whether there are `/healthz` and `/readyz`. @default false */
  readonly health?: boolean | undefined;
  /** Whether these answer without a password. @default false */
  readonly healthIsPublic?: boolean | undefined;
  /** Where its lines go; left out: nowhere. */
  readonly logger?: HostLogger | undefined;
  /** Closes it when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** Sizes and times that clients are held to. */
  readonly limits?: Partial<Limits> | undefined;
  /** What `reread` and `update` of a client read: `() => configFromFile(path)`. Left out: what is in force. */
  readonly reload?: (() => Config) | undefined;
  /** What a client asks for by `shutdown`. @default the supervisor's `shutdown` */
  readonly shutdown?: (() => void) | undefined;
  /** What a client asks for by `reload` or `restart`; left out: it is refused. */
  readonly restart?: (() => void) | undefined;
}

/** A server that clients can reach. */
export interface GuestServer extends AsyncDisposable {
  /** For `tsvctl -s`, and, but for a unix socket, for browsers. */
  readonly url: string;
  /** null on a unix socket. */
  readonly port: number | null;
  /** Listens no more, and ends all connections. */
  close(): Promise<void>;
}

/** What `getSupervisorVersion` answers: of the supervisord whose methods these are. */
const VERSION = '4.4.0';
const silent: Logger = { passes: () => false, log: () => undefined };
const builtIn: RpcInterfaceConfig = { name: 'supervisor', factory: BUILT_IN, options: {} };

/**
 * Lets clients reach a supervisor: XML-RPC for tsvctl and supervisorctl, the pages, the JSON API, its
 * stream, metrics and probes. Resolves when it listens. It is closed when the supervisor has ended.
 *
 * @throws {SocketError} if it cannot listen there
 * @throws {TypeError} if neither or both of port and path are given
 */
export async function serve(
  supervisor: Supervisor,
  options: ServeGuestOptions,
): Promise<GuestServer> {
  const { signal, limits } = options;
  signal?.throwIfAborted();
  const logger = loggerOf(options.logger);
  const [server] = await openServers([serverConfig(options)], supervisor, {
    daemon: control(supervisor, options),
    logger,
    rpcInterfaces: [builtIn],
    report: (line) => logger.log('warn', line.trimEnd()),
    ...(limits && { limits }),
  });
  if (server === undefined) throw new Error('internal error: no server was opened');
  let closed: Promise<void> | undefined;
  const forget = supervisor.on('SUPERVISOR_STATE_CHANGE_STOPPING', () =>
    // The event comes from within the call that begins the shutdown; then it can be joined.
    queueMicrotask(() => void supervisor.shutdown('RESTARTING').finally(closeNow)),
  );
  const closeNow = (): void => void close();
  function close(): Promise<void> {
    forget();
    signal?.removeEventListener('abort', closeNow);
    return (closed ??= server!.close());
  }
  if (signal?.aborted === true) await close();
  signal?.addEventListener('abort', closeNow, { once: true });
  return {
    url: urlOf(server.config, server.port),
    port: server.port,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function serverConfig(options: ServeGuestOptions): ServerConfig {
  const { path, port } = options;
  if ((path === undefined) === (port === undefined)) {
    throw new TypeError('serve: either port or path is needed');
  }
  const shared = {
    username: options.username ?? null,
    password: options.password ?? null,
    readOnlyUsername: options.readOnlyUsername ?? null,
    readOnlyPassword: options.readOnlyPassword ?? null,
    metrics: options.metrics ?? false,
    health: options.health ?? false,
    healthIsPublic: options.healthIsPublic ?? false,
  };
  if (path !== undefined) {
    return {
      ...shared,
      family: 'unix',
      section: 'unix_http_server',
      file: path,
      mode: options.mode ?? 0o700,
      owner: null,
    } satisfies UnixServerConfig;
  }
  return {
    ...shared,
    family: 'inet',
    section: 'inet_http_server',
    host: options.host ?? '127.0.0.1',
    port: port!,
    tlsCert: options.tlsCert ?? null,
    tlsKey: options.tlsKey ?? null,
    tlsClientCa: options.tlsClientCa ?? null,
  } satisfies InetServerConfig;
}

/** The program around, as clients see it. */
function control(supervisor: Supervisor, options: ServeGuestOptions): DaemonControl {
  return {
    version: VERSION,
    pid: process.pid,
    get identifier() {
      return supervisor.config.supervisord.identifier;
    },
    mainLog: { path: null, clear: () => undefined, subscribe: () => () => undefined },
    loadConfig: () => options.reload?.() ?? supervisor.config,
    readProgram: (section) => readGuestProgram(section, supervisor.config),
    stop(mood) {
      if (mood === 'SHUTDOWN') {
        if (options.shutdown === undefined) void supervisor.shutdown();
        else options.shutdown();
        return;
      }
      if (options.restart === undefined) throw fault('FAILED', 'restart');
      options.restart();
    },
  };
}

const loggerOf = (logger: HostLogger | undefined): Logger =>
  logger === undefined
    ? silent
    : {
        passes: (level) => logger.passes?.(level) ?? true,
        log: (level, text) => logger.log(level, text),
      };

function urlOf(config: ServerConfig, port: number | null): string {
  if (config.family === 'unix') return `unix://${config.file}`;
  const { tlsCert, host } = config;
  const name = host === '' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tlsCert === null ? 'http' : 'https'}://${name}:${port}`;
}
