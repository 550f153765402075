import { BadValue } from '../errors.ts';
import { pythonRepr } from '../python/repr.ts';
import { readWithin } from './plain.ts';
import type { ValueType } from './type.ts';

export interface InetAddress {
  /** Lower case; empty for all interfaces; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
}

export function readPort(given: string): number {
  return readWithin(given, 1, 65535);
}

/** `9001`, `*:9001`, `localhost:9001`, `[::1]:9001`. */
export const inetAddress: ValueType<InetAddress> = {
  name: 'port or host:port',
  read(given) {
    const colon = given.lastIndexOf(':');
    if (colon < 0) return { host: '', port: barePort(given) };
    const port = given.slice(colon + 1);
    if (port === '') throw new BadValue("no port number specified in ''");
    return { host: hostOf(given.slice(0, colon).toLowerCase()), port: readPort(port) };
  },
};

function barePort(given: string): number {
  try {
    return readPort(given);
  } catch {
    // Whatever was wrong with the number, the text is the same.
    throw new BadValue(`not a valid port number: ${pythonRepr(given)} `);
  }
}

function hostOf(host: string): string {
  if (host === '*') return '';
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

/** As it stands in a URL. */
export function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
