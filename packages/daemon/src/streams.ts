import { writeSync } from 'node:fs';

/** Writes all of it before it returns, also to a pipe that does not block and is full. */
function writeNow(fd: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      // EPIPE, EBADF: nobody reads it.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

export const print = (text: string): void => writeNow(1, text);
export const tell = (text: string): void => writeNow(2, text);
