import { isIPv6 } from 'node:net';

import { SystemCallError } from './errno.ts';
import { bytesAt, freeaddrinfo, getaddrinfo, lastErrno } from './libc.ts';

const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_STREAM = 1;
const AI_PASSIVE = 1;
const AI_NUMERICSERV = 0x400;
const EAI_SYSTEM = -11;

export interface SocketAddress {
  readonly family: number;
  /** A struct sockaddr of that family. */
  readonly bytes: Buffer;
}

/**
 * The address to listen on: IPv4 for names, IPv6 for its literals, every interface for ''.
 * @throws {SystemCallError} EAI_NONAME and its like: the host is unknown
 */
export function addressToListenOn(host: string, port: number): SocketAddress {
  // struct addrinfo: flags, family, type, protocol, address length; then, from byte 24, the address.
  const hints = Buffer.alloc(48);
  hints.writeInt32LE(AI_PASSIVE | AI_NUMERICSERV, 0);
  hints.writeInt32LE(isIPv6(host) ? AF_INET6 : AF_INET, 4);
  hints.writeInt32LE(SOCK_STREAM, 8);
  const found = new BigUint64Array(1);
  const error = getaddrinfo(host === '' ? null : host, String(port), hints, found);
  if (error === EAI_SYSTEM) throw new SystemCallError('getaddrinfo', lastErrno());
  if (error !== 0) throw new SystemCallError('getaddrinfo', error);
  const first = found[0] as bigint;
  try {
    const info = bytesAt(first, 48);
    return {
      family: info.readInt32LE(4),
      bytes: bytesAt(info.readBigUInt64LE(24), info.readUInt32LE(16)),
    };
  } finally {
    freeaddrinfo(first);
  }
}
