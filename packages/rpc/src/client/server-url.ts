import { ClientError } from './errors.ts';

/** Where a server listens, read from a `serverurl`. */
export type Address =
  | { readonly kind: 'unix'; readonly serverUrl: string; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly serverUrl: string;
      readonly host: string;
      readonly port: number;
    };

/** What sun_path holds besides its final NUL; see unix(7). libuv cuts longer paths silently. */
const maxPathBytes = 107;

const httpUrl = /^http:\/\/(?:[^/?#]*@)?(\[[^\]]+\]|[^:/?#[\]]+)(?::(\d*))?(?:[/?#]|$)/;

/**
 * Reads `http://host[:port]` (port 80 unless given; path, user and password are ignored) or
 * `unix://path` (taken as it stands, so that absolute ones have three slashes).
 *
 * @throws {ClientError} BAD_URL; ENAMETOOLONG for a socket path that the system cannot take.
 */
export function parseServerUrl(serverUrl: string): Address {
  if (serverUrl.startsWith('unix://')) return unixAddress(serverUrl);
  if (serverUrl.startsWith('http://')) return tcpAddress(serverUrl);
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

function tcpAddress(serverUrl: string): Address {
  const found = httpUrl.exec(serverUrl);
  const host = found?.[1]?.toLowerCase();
  const port = Number(found?.[2] || 80);
  if (!host || port < 1 || port > 65535) {
    throw badUrl(serverUrl, `serverurl ${serverUrl} is not of the form http://host[:port]`);
  }
  return { kind: 'tcp', serverUrl, host: host.replaceAll(/^\[|\]$/g, ''), port };
}

function badUrl(serverUrl: string, message: string): ClientError {
  return new ClientError(message, { code: 'BAD_URL', serverUrl });
}

/** The Host header of an RPC: `localhost` for a socket file, no port where it is 80. */
export function hostHeader(address: Address): string {
  if (address.kind === 'unix') return 'localhost';
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return address.port === 80 ? host : `${host}:${address.port}`;
}
