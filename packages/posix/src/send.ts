import { SystemCallError } from './errno.ts';
import { lastErrno, send } from './libc.ts';
import { writeNow } from './write-now.ts';

const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
const EINTR = 4;
const EAGAIN = 11;
const ENOTSOCK = 88;

/**
 * Sends what a socket or a pipe takes at once and returns how many bytes that were; 0 when it is
 * full. For an own stdout: unlike O_NONBLOCK it changes nothing for others who share it.
 *
 * @throws {SystemCallError} EPIPE, ECONNRESET, EBADF
 */
export function sendNow(fd: number, data: Buffer): number {
  for (;;) {
    const sent = send(fd, data, data.length, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) return sent;
    const errno = lastErrno();
    if (errno === EAGAIN) return 0;
    if (errno === ENOTSOCK) return writeNow(fd, data);
    if (errno !== EINTR) throw new SystemCallError('send', errno);
  }
}
