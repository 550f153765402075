import { closeSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import type { TcpSocketConnectOpts } from 'node:net';

import { errorCode } from '../errors.ts';
import type { PipeReader, PipeSource } from '../kernel.ts';

// One buffer for all pipes: a chunk is handed on, and written, before the next is read.
const READ_SIZE = 131_072;
const shared = Buffer.allocUnsafeSlow(READ_SIZE);
/** More than any pipe here holds: what comes beyond was not there when draining began. */
const DRAIN_LIMIT = 1024 * 1024;

/** Reads a pipe's end by events, and, when its writer has died, to the last byte at once. */
export function readPipe(fd: number, reader: PipeReader): PipeSource {
  let state: 'open' | 'ended' | 'closed' = 'open';

  const end = (): void => {
    if (state !== 'open') return;
    state = 'ended';
    reader.end();
  };
  const options: ConstructorParameters<typeof Socket>[0] & Pick<TcpSocketConnectOpts, 'onread'> = {
    fd,
    readable: true,
    writable: false,
    onread: {
      buffer: shared,
      callback(length) {
        if (state === 'open') reader.data(shared.subarray(0, length));
        return true;
      },
    },
  };
  const socket = new Socket(options);
  socket.on('end', end);
  // Nothing a pipe's end can report leaves anything to read; the socket closes the fd itself.
  socket.on('error', end);
  socket.read(0);

  return {
    pause: () => void socket.pause(),
    resume: () => {
      if (state === 'open') {
        socket.resume();
        socket.read(0);
      }
    },
    drain() {
      // A writer that goes on, as a grandchild may, must not keep us here.
      for (let drained = 0; state === 'open' && drained < DRAIN_LIMIT;) {
        const length = readNow(fd);
        if (length === undefined) return;
        drained += length;
        if (length === 0) end();
        else reader.data(shared.subarray(0, length));
      }
    },
    close() {
      const isAtEnd = state === 'ended';
      state = 'closed';
      if (isAtEnd) {
        socket.destroy();
        return;
      }
      // Others hold the pipe: closed, it would kill them by SIGPIPE. Read to its end, by nobody.
      socket.unref();
      socket.resume();
      socket.read(0);
    },
  };
}

/** undefined: nothing there now. 0: closed by all writers. */
function readNow(fd: number): number | undefined {
  for (;;) {
    try {
      return readSync(fd, shared, 0, READ_SIZE, null);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EINTR') continue;
      return code === 'EAGAIN' ? undefined : 0;
    }
  }
}

/** For a descriptor that nothing reads any more and no socket owns. */
export function closeFd(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // EBADF, EIO: it is gone either way.
  }
}
