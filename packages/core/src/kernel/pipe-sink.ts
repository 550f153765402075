import { writeSync } from 'node:fs';
import { Socket } from 'node:net';

import { errorCode } from '../errors.ts';
import type { PipeSink, PipeWriter } from '../kernel.ts';
import { closeFd } from './pipe-source.ts';

/**
 * Writes to a pipe's end. Most children are never written to: only a pipe that has once been
 * full gets a socket, which then waits for room and keeps the order.
 */
export function writePipe(fd: number, writer: PipeWriter): PipeSink {
  let socket: Socket | undefined;
  let state: 'open' | 'broken' | 'closed' = 'open';
  let isClogged = false;

  const broken = (): void => {
    if (state !== 'open') return;
    state = 'broken';
    writer.broken();
  };
  const written = (): void => {
    if (state !== 'open' || !isClogged || socket?.writableLength !== 0) return;
    isClogged = false;
    writer.drained();
  };
  const waitWith = (rest: Buffer): void => {
    if (socket === undefined) {
      socket = new Socket({ fd, readable: false, writable: true });
      socket.on('error', broken);
    }
    isClogged = true;
    socket.write(rest, written);
  };

  return {
    get queued() {
      return socket?.writableLength ?? 0;
    },
    write(data) {
      if (state !== 'open') return;
      // What waits comes first.
      const gone = (socket?.writableLength ?? 0) > 0 ? 0 : writeNow(fd, data);
      if (gone === 'broken') broken();
      else if (gone < data.length) waitWith(Buffer.from(data.subarray(gone)));
    },
    close() {
      if (state === 'closed') return;
      state = 'closed';
      if (socket === undefined) closeFd(fd);
      else socket.destroy();
    },
  };
}

/** How many bytes the pipe took. */
function writeNow(fd: number, data: Buffer): number | 'broken' {
  let written = 0;
  while (written < data.length) {
    try {
      written += writeSync(fd, data, written, data.length - written);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EINTR') continue;
      if (code === 'EAGAIN') return written;
      return 'broken';
    }
  }
  return written;
}
