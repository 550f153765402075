import { hostname } from 'node:os';

import { systemClock } from '@tsvisor/core';
import type { Clock, Logger, RpcInterfaceConfig, ServerConfig, Supervisor } from '@tsvisor/core';

import { withProblems } from './api/refusals.ts';
import type { Account } from './auth.ts';
import { logHttp } from './http/access-log.ts';
import { HttpEdge } from './http/edge.ts';
import type { Limits } from './http/limits.ts';
import type { Handler } from './http/message.ts';
import type { DaemonControl } from './methods/context.ts';
import { builtInTable, makeInterfaces, resolveInterfaces } from './methods/interfaces.ts';
import type { InterfaceMaker } from './methods/interfaces.ts';
import { MainLog } from './methods/main-log.ts';
import type { Metrics } from './metrics/endpoint.ts';
import { route } from './routes.ts';
import { KeptFile } from './sockets/kept-file.ts';
import { listenTcp, reverseName } from './sockets/tcp.ts';
import { listenUnix } from './sockets/unix.ts';
import type { SocketFile } from './sockets/unix.ts';
import { tlsFilesOf } from './tls/files.ts';
import type { GateMaker, GateOptions } from './tls/open-gate.ts';
import type { RenewalTimes } from './tls/renewal.ts';
import { ctime } from './web/ctime.ts';

/** What servers are told of the daemon around. */
export interface ServeOptions {
  readonly daemon: DaemonControl;
  readonly logger: Logger;
  readonly rpcInterfaces: readonly RpcInterfaceConfig[];
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  /** How soon a certificate that was replaced is in force. */
  readonly renewal?: Partial<RenewalTimes>;
  /** What goes to stderr: which dead sockets give way. */
  readonly report?: (line: string) => void;
  /** Called at each request. */
  readonly asked?: () => void;
}

/** One server that clients can reach. */
export interface Server {
  readonly config: ServerConfig;
  /** The port it listens on, for port 0; null on a unix socket. */
  readonly port: number | null;
  /**
   * Listens no more, and ends all connections: replies that are under way get a moment, endless
   * ones none. A socket file is removed unless somebody else has put theirs there.
   */
  close(): Promise<void>;
}

/**
 * Opens the servers of a configuration, in order. When one cannot be had, those before it are
 * closed again.
 *
 * @throws {SocketError} the message is for stderr; the daemon ends with 2
 * @throws {InterfaceError} likewise
 */
export async function openServers(
  configs: readonly ServerConfig[],
  supervisor: Supervisor,
  options: ServeOptions,
): Promise<readonly Server[]> {
  const makers = await resolveInterfaces(options.rpcInterfaces, supervisor.config.supervisord);
  const metrics = await metricsFor(configs, supervisor, options);
  const servers: Server[] = [];
  try {
    for (const config of configs)
      servers.push(await openServer(config, supervisor, { makers, metrics }, options));
  } catch (error) {
    await Promise.all(servers.map((server) => server.close()));
    throw error;
  }
  return servers;
}

/** What the servers have in common. */
interface Shared {
  readonly makers: readonly InterfaceMaker[];
  readonly metrics: Metrics | undefined;
}

async function openServer(
  config: ServerConfig,
  supervisor: Supervisor,
  { makers, metrics }: Shared,
  options: ServeOptions,
): Promise<Server> {
  const { daemon, logger, clock = systemClock, limits = {} } = options;
  const who = config.family === 'unix' ? config.file : config.host;
  // Clients may be there before the rest is.
  let ready = (_handler: Handler): void => undefined;
  const handler = new Promise<Handler>((resolve) => (ready = resolve));
  const { path } = supervisor.config.supervisord;
  const gate = await gateOf(config, { path, logger, clock, times: options.renewal });
  const edge = new HttpEdge({
    handler: withProblems(async (request) => {
      options.asked?.();
      return (await handler)(request);
    }),
    logger,
    clock,
    who,
    limits,
    gate,
  });
  const socket = await listen(edge, config, { ...options, clock });
  try {
    const name = await serverName(config, logger, who);
    const port = config.family === 'unix' ? config.file : String(socket.port ?? config.port);
    const started = ctime(new Date(clock.now()));
    logHttp(
      logger,
      who,
      `Medusa (V1.12) started at ${started}\n\tHostname: ${name}\n\tPort:${port}`,
    );
    const mainLog = new MainLog(daemon.mainLog);
    const context = { supervisor, daemon, mainLog, logger };
    const table = makeInterfaces(makers, context, logger);
    const routes = route({
      supervisor,
      daemon,
      table,
      methods: builtInTable(context),
      version: daemon.version,
      readProgram: daemon.readProgram,
      mainLog,
      logger,
      clock,
      metrics: config.metrics ? metrics : undefined,
      health: config.health,
      serverName: name,
      address: `${name.includes(':') && config.family === 'inet' ? `[${name}]` : name}:${port}`,
    });
    ready(await withProbes(await protect(routes, config, logger), config, supervisor));
  } catch (error) {
    await socket.close();
    throw error;
  }
  return { config, ...socket };
}

/** Undefined: it is plain HTTP. */
async function gateOf(config: ServerConfig, options: GateOptions): Promise<GateMaker | undefined> {
  const files = tlsFilesOf(config);
  if (files === undefined) return undefined;
  const { openGate } = await import('./tls/open-gate.ts');
  return openGate(config, files, options);
}

/** Undefined where no server has them: nobody counts then. */
async function metricsFor(
  configs: readonly ServerConfig[],
  supervisor: Supervisor,
  { daemon }: ServeOptions,
): Promise<Metrics | undefined> {
  if (!configs.some(({ metrics }) => metrics)) return undefined;
  const { Metrics } = await import('./metrics/endpoint.ts');
  return new Metrics(supervisor, daemon.version);
}

async function withProbes(
  guarded: Handler,
  { health, healthIsPublic, username }: ServerConfig,
  supervisor: Supervisor,
): Promise<Handler> {
  // Where there is no password everybody is told all.
  if (!health || !healthIsPublic || username === null || username === '') return guarded;
  const { withPublicProbes } = await import('./health/public.ts');
  return withPublicProbes(guarded, supervisor);
}

async function protect(handler: Handler, config: ServerConfig, logger: Logger): Promise<Handler> {
  const { section, username, password, readOnlyUsername, readOnlyPassword } = config;
  if (username !== null && username !== '') {
    // Cryptography is some milliseconds of a start.
    const { guarded } = await import('./auth.ts');
    const all: Account = { username, password: password ?? '', role: 'full' };
    if (readOnlyUsername === null || readOnlyUsername === '') return guarded(handler, [all]);
    const looking = { username: readOnlyUsername, password: readOnlyPassword ?? '' };
    return guarded(handler, [all, { ...looking, role: 'readonly' }]);
  }
  logger.log('critical', `Server '${section}' running without any HTTP authentication checking`);
  return handler;
}

async function listen(
  edge: HttpEdge,
  config: ServerConfig,
  {
    report = (line) => void process.stderr.write(line),
    clock,
    logger,
  }: ServeOptions & { readonly clock: Clock },
): Promise<Omit<Server, 'config'>> {
  if (config.family === 'unix') {
    const made = await listenUnix(edge.server, config, report);
    const remake = (): Promise<SocketFile> =>
      edge.moveTo((listener) => listenUnix(listener, config, report));
    const file = new KeptFile(made, { clock, logger, remake });
    return {
      port: null,
      async close() {
        file.close();
        await edge.close();
      },
    };
  }
  await listenTcp(edge.listener, config);
  const address = edge.listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  return { port, close: () => edge.close() };
}

/** How the server calls itself where the client gave it no name. */
async function serverName(config: ServerConfig, logger: Logger, who: string): Promise<string> {
  if (config.family === 'unix') return '<unix domain socket>';
  if (config.host === '') {
    logHttp(logger, who, 'Computing default hostname');
    return (await reverseName('0.0.0.0')) ?? hostname();
  }
  const name = await reverseName(config.host);
  if (name === undefined) logHttp(logger, who, 'Cannot do reverse lookup');
  return name ?? config.host;
}
