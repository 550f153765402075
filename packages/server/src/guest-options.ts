/** What `serve` may be told. */
import type {
  Config,
  HostLogger,
  InetServerConfig,
  ServerConfig,
  UnixServerConfig,
} from '@tsvisor/core';

import type { Limits } from './http/limits.ts';

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

/** @throws {TypeError} for options that do not go together, as the same in a file is refused */
export function serverConfig(options: ServeGuestOptions): ServerConfig {
  const wrong = whatIsWrong(options);
  if (wrong !== undefined) throw new TypeError(`serve: ${wrong}`);
  const { path, port } = options;
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

/** What must not be passed over in silence: a slip here would open a door. */
function whatIsWrong(options: ServeGuestOptions): string | undefined {
  const has = (name: keyof ServeGuestOptions): boolean => (options[name] ?? '') !== '';
  const isGiven = (name: keyof ServeGuestOptions): boolean => options[name] !== undefined;
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) return `there is no option ${unknown}`;
  if (isGiven('path') === isGiven('port')) return 'either port or path is needed';
  if (has('username') !== isGiven('password')) return both('username', 'password');
  if (has('readOnlyUsername') !== isGiven('readOnlyPassword')) {
    return both('readOnlyUsername', 'readOnlyPassword');
  }
  if (has('readOnlyUsername') && !has('username')) {
    return 'readOnlyUsername needs username and password too: without them everybody may do everything';
  }
  if (has('tlsCert') !== has('tlsKey')) return both('tlsCert', 'tlsKey');
  if (has('tlsClientCa') && !has('tlsCert')) return 'tlsClientCa needs tlsCert and tlsKey too';
  if (has('tlsCert') && isGiven('path')) return 'tlsCert is for a port, not for a unix socket';
  return undefined;
}

const both = (one: string, other: string): string =>
  `${one} and ${other} must both be given, or neither`;

const known: Readonly<Record<keyof ServeGuestOptions, true>> = {
  port: true,
  host: true,
  path: true,
  mode: true,
  username: true,
  password: true,
  readOnlyUsername: true,
  readOnlyPassword: true,
  tlsCert: true,
  tlsKey: true,
  tlsClientCa: true,
  metrics: true,
  health: true,
  healthIsPublic: true,
  logger: true,
  signal: true,
  limits: true,
  reload: true,
  shutdown: true,
  restart: true,
};
