import { writeSync } from 'node:fs';

import { SystemCallError } from './errno.ts';
import { addressOf, lastErrno, poll, pwritev2 } from './libc.ts';

const POLLOUT = 4;
const RWF_NOWAIT = 8;
const EAGAIN = 11;
const EINTR = 4;
/** EINVAL, ENOSYS, EOPNOTSUPP. */
const NOT_SUPPORTED = new Set([22, 38, 95]);
const ANYWHERE = -1;
/** What poll(2) promises room for in a pipe: PIPE_BUF. */
const PIPE_BYTES = 4096;

/**
 * Writes what a pipe takes at once and returns how many bytes that were; 0 when it is full. For
 * an own stdout that is somebody else's pipe: it cannot be opened again by name, and O_NONBLOCK
 * on it would reach all who share it.
 *
 * @throws {SystemCallError} EPIPE, EBADF
 */
export function writeNow(fd: number, data: Buffer): number {
  if (!hasRoom(fd)) return 0;
  const written = withoutWaiting(fd, data);
  // Between the look and this write another writer may take the room: then, and only before
  // Linux 6.4, it waits for the reader.
  return written ?? writeSync(fd, data.subarray(0, PIPE_BYTES));
}

/** Also true if a write would fail at once. */
function hasRoom(fd: number): boolean {
  const request = new Int32Array([fd, POLLOUT]);
  return poll(request, 1, 0) > 0;
}

/** undefined where pipes do not know RWF_NOWAIT (before Linux 6.4) or libc does not (musl). */
function withoutWaiting(fd: number, data: Buffer): number | undefined {
  if (pwritev2 === undefined || data.length === 0) return undefined;
  const vector = new BigUint64Array([addressOf(data), BigInt(data.length)]);
  const written = pwritev2(fd, vector, 1, ANYWHERE, RWF_NOWAIT);
  if (written >= 0) return written;
  const errno = lastErrno();
  if (errno === EAGAIN || errno === EINTR) return 0;
  if (NOT_SUPPORTED.has(errno)) return undefined;
  throw new SystemCallError('write', errno);
}
