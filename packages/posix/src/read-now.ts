import { SystemCallError } from './errno.ts';
import { lastErrno, read } from './libc.ts';

const EINTR = 4;
const EAGAIN = 11;

/**
 * Reads from a descriptor that does not block. fs.readSync does too, but tells by an error with a
 * stack that there is nothing, which costs more than the read.
 *
 * @returns how many bytes that were; 0 at its end; undefined if there is nothing now
 * @throws {SystemCallError}
 */
export function readNow(fd: number, buffer: Buffer): number | undefined {
  for (;;) {
    const length = read(fd, buffer, buffer.length);
    if (length >= 0) return length;
    const errno = lastErrno();
    if (errno === EAGAIN) return undefined;
    if (errno !== EINTR) throw new SystemCallError('read', errno);
  }
}
