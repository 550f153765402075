// Listening sockets that block and belong to no event loop: for a child to accept on, as its fd 0.
import { chmodSync, closeSync, lchownSync, unlinkSync } from 'node:fs';

import { SystemCallError, errnoNumber, nodeCall } from './errno.ts';
import { bindSocket, lastErrno, listen, setsockopt, socket } from './libc.ts';
import { addressToListenOn } from './resolve.ts';
import type { SocketAddress } from './resolve.ts';

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
/** The constant of the headers, as Python has it; the kernel cuts it to net.core.somaxconn. */
const SOMAXCONN = 4096;

export interface UnixListenOptions {
  readonly backlog?: number | undefined;
  /** Permissions of the file; those the umask leaves if undefined. */
  readonly mode?: number | undefined;
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
}

/**
 * Listens at a path, where anything that is no directory is removed first. A failure leaves no
 * file behind.
 *
 * @param options.owner -1 leaves the uid or gid as it is
 * @throws {SystemCallError} EACCES, ENOENT, EPERM (owner), ENAMETOOLONG (107 bytes at most) …
 */
export function listenUnix(path: string, options: UnixListenOptions = {}): number {
  const { backlog = SOMAXCONN, mode, owner } = options;
  const address = unixAddress(path);
  removeFile(path);
  return open(address, (fd) => {
    bindTo(fd, address);
    try {
      // Nobody can connect before listen(2): until then the mode does not matter.
      if (owner !== undefined) nodeCall(() => lchownSync(path, owner.uid, owner.gid));
      if (mode !== undefined) nodeCall(() => chmodSync(path, mode));
      startListening(fd, backlog);
    } catch (error) {
      removeFile(path);
      throw error;
    }
  });
}

/**
 * Listens on a port; IPv4 unless `host` is an IPv6 address, every interface if it is ''.
 * Resolving a name may wait for the resolver.
 *
 * @throws {SystemCallError} EADDRINUSE, EACCES, EADDRNOTAVAIL; EAI_NONAME and its like from getaddrinfo
 */
export function listenTcp(host: string, port: number, backlog: number = SOMAXCONN): number {
  const address = addressToListenOn(host, port);
  return open(address, (fd) => {
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, new Int32Array([1]), 4);
    bindTo(fd, address);
    startListening(fd, backlog);
  });
}

/** struct sockaddr_un: the family, 108 bytes of path. */
function unixAddress(path: string): SocketAddress {
  const bytes = Buffer.alloc(110);
  if (Buffer.byteLength(path) > 107)
    throw new SystemCallError('bind', errnoNumber('ENAMETOOLONG') as number);
  bytes.writeUInt16LE(AF_UNIX, 0);
  bytes.write(path, 2);
  return { family: AF_UNIX, bytes };
}

function open(address: SocketAddress, prepare: (fd: number) => void): number {
  const fd = socket(address.family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) throw new SystemCallError('socket', lastErrno());
  try {
    prepare(fd);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function bindTo(fd: number, { bytes }: SocketAddress): void {
  if (bindSocket(fd, bytes, bytes.length) < 0) throw new SystemCallError('bind', lastErrno());
}

function startListening(fd: number, backlog: number): void {
  if (listen(fd, backlog) < 0) throw new SystemCallError('listen', lastErrno());
}

function removeFile(path: string): void {
  try {
    nodeCall(() => unlinkSync(path));
  } catch (error) {
    if ((error as SystemCallError).code !== 'ENOENT') throw error;
  }
}
