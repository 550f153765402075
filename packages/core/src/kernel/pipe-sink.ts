import { writeSync } from 'node:fs';
import { Socket } from 'node:net';

import { errorCode } from '../errors.ts';
import type { PipeSink, PipeWriter } from '../kernel.ts';
import { closeFd } from './pipe-source.ts';

/**
 * Writes to a pipe's end. Most children are never written to: only a pipe that has once been
 * full gets a socket, which then waits for room and keeps the order.
 */
export const writePipe = (fd: number, writer: PipeWriter): PipeSink => new PipeStart(fd, writer);

/** One of these for each program: what they have in common stands in the prototype. */
class PipeStart implements PipeSink {
  readonly #fd: number;
  readonly #writer: PipeWriter;
  #socket: Socket | undefined;
  #state: 'open' | 'broken' | 'closed' = 'open';
  #isClogged = false;

  constructor(fd: number, writer: PipeWriter) {
    this.#fd = fd;
    this.#writer = writer;
  }

  get queued(): number {
    return this.#socket?.writableLength ?? 0;
  }

  write(data: Buffer): void {
    if (this.#state !== 'open') return;
    // What waits comes first.
    const gone = this.queued > 0 ? 0 : writeNow(this.#fd, data);
    if (gone === 'broken') this.#broken();
    else if (gone < data.length) this.#waitWith(Buffer.from(data.subarray(gone)));
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    if (this.#socket === undefined) closeFd(this.#fd);
    else this.#socket.destroy();
  }

  #waitWith(rest: Buffer): void {
    this.#socket ??= new Socket({ fd: this.#fd, readable: false, writable: true }).on('error', () =>
      this.#broken(),
    );
    this.#isClogged = true;
    this.#socket.write(rest, () => this.#written());
  }

  #written(): void {
    if (this.#state !== 'open' || !this.#isClogged || this.queued > 0) return;
    this.#isClogged = false;
    this.#writer.drained();
  }

  #broken(): void {
    if (this.#state !== 'open') return;
    this.#state = 'broken';
    this.#writer.broken();
  }
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
