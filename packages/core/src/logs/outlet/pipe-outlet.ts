import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';

import type { Clock } from '../../clock.ts';
import type { Outlet } from './outlet.ts';
import { RetryingOutlet } from './retrying-outlet.ts';
import { writeUntilFull } from './write-until-full.ts';

/** A pipe of which we have a description to ourselves: the event loop tells when there is room. */
export class PipeOutlet implements Outlet {
  /** PIPE_BUF: so much goes in whole or not at all, so that a piece is never half written. */
  readonly pieceBytes = 4096;
  readonly #fd: number;
  readonly #write: (data: Buffer) => number;
  readonly #spare: RetryingOutlet;
  #socket: Socket | undefined;

  constructor(fd: number, write: (data: Buffer) => number, clock: Clock) {
    this.#fd = fd;
    this.#write = write;
    this.#spare = new RetryingOutlet(write, clock);
  }

  tryWrite(data: Buffer): number {
    return writeUntilFull(this.#write, data);
  }

  deliver(piece: Buffer, done: (error: unknown) => void): void {
    try {
      this.#socket ??= openSocket(this.#fd);
    } catch {
      // EMFILE, or /proc is gone.
      this.#spare.deliver(piece, done);
      return;
    }
    const socket = this.#socket;
    socket.write(piece, (error) => {
      // Nobody waits any more for a piece that was taken back.
      if (socket !== this.#socket) return;
      if (error) this.#dropSocket();
      done(error ?? null);
    });
  }

  cancel(): number {
    if (this.#socket === undefined) return this.#spare.cancel();
    this.#dropSocket();
    return 0;
  }

  close(): void {
    this.cancel();
    closeSync(this.#fd);
  }

  #dropSocket(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.destroy();
  }
}

/** With a descriptor of its own, so that it can be dropped with the piece that waits in it. */
function openSocket(pipe: number): Socket {
  const fd = openSync(`/proc/self/fd/${pipe}`, constants.O_WRONLY | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: false, writable: true });
  // The callback of the write gets the error.
  socket.on('error', () => undefined);
  socket.unref();
  return socket;
}
