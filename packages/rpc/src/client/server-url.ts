import { ClientError } from './errors.ts';

/** Where a server listens, read from a `serverurl`. */
export type Address =
  | { readonly kind: 'unix'; readonly serverUrl: string; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly serverUrl: string;
      readonly host: string;
      readonly port: number;
    }
  | {
      readonly kind: 'tls';
      readonly serverUrl: string;
      readonly host: string;
      readonly port: number;
      readonly settings: TlsSettings;
    };

/** In PEM. */
export interface TlsSettings {
  /** The authorities that are trusted; undefined: those of the system. */
  readonly ca?: Buffer | undefined;
  /** The certificate and key to show to a server that asks for one. */
  readonly cert?: Buffer | undefined;
  readonly key?: Buffer | undefined;
}

/** What sun_path holds besides its final NUL; see unix(7). libuv cuts longer paths silently. */
const maxPathBytes = 107;

const httpUrl = /^https?:\/\/(?:[^/?#]*@)?(\[[^\]]+\]|[^:/?#[\]]+)(?::(\d*))?(?:[/?#]|$)/;

/**
 * Reads `http://host[:port]` or `https://host[:port]` (port 80 or 443 unless given; path, user and
 * password are ignored) or `unix://path` (taken as it stands, so that absolute ones have three slashes).
 *
 * @throws {ClientError} BAD_URL; ENAMETOOLONG for a socket path that the system cannot take.
 */
export function parseServerUrl(serverUrl: string, settings: TlsSettings = {}): Address {
  if (serverUrl.startsWith('unix://')) return unixAddress(serverUrl);
  if (serverUrl.startsWith('http://')) {
    return { kind: 'tcp', serverUrl, ...hostAndPort(serverUrl, 'http') };
  }
  if (serverUrl.startsWith('https://')) {
    return { kind: 'tls', serverUrl, ...hostAndPort(serverUrl, 'https'), settings };
  }
  throw badUrl(serverUrl, `Unknown protocol for serverurl ${serverUrl}`);
}

function unixAddress(serverUrl: string): Address {
  const path = serverUrl.slice('unix://'.length);
  if (path === '') throw badUrl(serverUrl, `serverurl ${serverUrl} names no socket file`);
  if (Buffer.byteLength(path) > maxPathBytes) {
    const message = `cannot reach ${serverUrl}: a socket path holds at most ${maxPathBytes} bytes`;
    throw new ClientError(message, { code: 'ENAMETOOLONG', serverUrl });
  }
  return { kind: 'unix', serverUrl, path };
}

const usualPort = { http: 80, https: 443 } as const;

function hostAndPort(
  serverUrl: string,
  scheme: keyof typeof usualPort,
): { readonly host: string; readonly port: number } {
  const found = httpUrl.exec(serverUrl);
  const host = found?.[1]?.toLowerCase();
  const port = Number(found?.[2] || usualPort[scheme]);
  if (!host || port < 1 || port > 65535) {
    throw badUrl(serverUrl, `serverurl ${serverUrl} is not of the form ${scheme}://host[:port]`);
  }
  return { host: host.replaceAll(/^\[|\]$/g, ''), port };
}

function badUrl(serverUrl: string, message: string): ClientError {
  return new ClientError(message, { code: 'BAD_URL', serverUrl });
}

/** The Host header of an RPC: `localhost` for a socket file, no port where it is the usual one. */
export function hostHeader(address: Address): string {
  if (address.kind === 'unix') return 'localhost';
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const isUsual = address.port === usualPort[address.kind === 'tls' ? 'https' : 'http'];
  return isUsual ? host : `${host}:${address.port}`;
}
