/** The servers of a supervisor that is a guest in some program: one call for each. */
import { readGuestProgram, SupervisorError } from '@tsvisor/core';
import type {
  HostLogger,
  Logger,
  RpcInterfaceConfig,
  ServerConfig,
  Supervisor,
} from '@tsvisor/core';
import { fault } from '@tsvisor/rpc';

import { serverConfig } from './guest-options.ts';
import type { ServeGuestOptions } from './guest-options.ts';
import type { DaemonControl } from './methods/context.ts';
import { BUILT_IN } from './methods/interfaces.ts';
import { openServers } from './serve.ts';

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
 * @throws {SupervisorError} SHUTDOWN_STATE if the supervisor has ended, or is about to
 * @throws {TypeError} if neither or both of port and path are given, and for other options that do
 *   not go together
 */
export async function serve(
  supervisor: Supervisor,
  options: ServeGuestOptions,
): Promise<GuestServer> {
  const { signal, limits } = options;
  signal?.throwIfAborted();
  if (supervisor.state !== 'RUNNING') {
    throw new SupervisorError('SHUTDOWN_STATE', 'there is nothing to serve any more');
  }
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
  // The event comes from within the call that begins the shutdown; then it can be joined.
  const closeAtTheEnd = (): void =>
    queueMicrotask(() => void supervisor.shutdown('RESTARTING').finally(closeNow));
  const forget = supervisor.on('SUPERVISOR_STATE_CHANGE_STOPPING', closeAtTheEnd);
  const closeNow = (): void => void close();
  function close(): Promise<void> {
    forget();
    signal?.removeEventListener('abort', closeNow);
    return (closed ??= server!.close());
  }
  if (supervisor.state !== 'RUNNING') closeAtTheEnd();
  if (signal?.aborted === true) await close();
  signal?.addEventListener('abort', closeNow, { once: true });
  return {
    url: urlOf(server.config, server.port),
    port: server.port,
    close,
    [Symbol.asyncDispose]: close,
  };
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
