import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { TcpSocketConnectOpts } from 'node:net';

import * as posix from '@tsvisor/posix';

import { systemClock } from '../clock.ts';
import type { PipeReader, PipeSource } from '../kernel.ts';
import { BusyPipes } from './busy-pipes.ts';
import type { BusyPipe } from './busy-pipes.ts';
import { BUSY_PIPE_BYTES, ReadPace } from './read-pace.ts';

// One buffer for all pipes: a chunk is handed on, and written, before the next is read.
const READ_SIZE = 131_072;
const shared = Buffer.allocUnsafeSlow(READ_SIZE);
/** More than any pipe here holds: what comes beyond was not there when draining began. */
const DRAIN_LIMIT = 1024 * 1024;
const DEFAULT_PIPE_BYTES = 65_536;

const busyPipes = new BusyPipes();

/** Reads a pipe's end, and, when its writer has died, to the last byte at once. */
export const readPipe = (fd: number, reader: PipeReader): PipeSource => new PipeEnd(fd, reader);

/** One of these for each pipe of each program: what they have in common stands in the prototype. */
class PipeEnd implements PipeSource, BusyPipe {
  readonly #fd: number;
  readonly #reader: PipeReader;
  readonly #socket: Socket;
  readonly #pace = new ReadPace();
  #state: 'open' | 'ended' | 'closed' = 'open';
  #isPaused = false;
  /** It is looked at by the clock, and the socket does not listen. */
  #isBusy = false;
  /** Of the pipe; known once it has been enlarged. */
  #capacity = 0;

  constructor(fd: number, reader: PipeReader) {
    this.#fd = fd;
    this.#reader = reader;
    const options: ConstructorParameters<typeof Socket>[0] & Pick<TcpSocketConnectOpts, 'onread'> =
      {
        fd,
        readable: true,
        writable: false,
        onread: { buffer: shared, callback: (length) => this.#woken(length) },
      };
    this.#socket = new Socket(options);
    // Nothing a pipe's end can report leaves anything to read; the socket closes the fd itself.
    const end = (): void => this.#end();
    this.#socket.on('end', end).on('error', end);
    this.#socket.read(0);
  }

  pause(): void {
    this.#isPaused = true;
    if (!this.#isBusy) this.#socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    if (this.#state === 'open' && !this.#isBusy) this.#listen();
  }

  drain(): void {
    // A writer that goes on, as a grandchild may, must not keep us here.
    for (let drained = 0; this.#state === 'open' && drained < DRAIN_LIMIT;) {
      const length = this.#read();
      if (length === undefined) return;
      drained += length;
    }
  }

  close(): void {
    const isAtEnd = this.#state === 'ended';
    this.#state = 'closed';
    busyPipes.remove(this);
    if (isAtEnd) {
      this.#socket.destroy();
      return;
    }
    // Others hold the pipe: closed, it would kill them by SIGPIPE. Read to its end, by nobody.
    this.#socket.unref();
    this.#listen();
  }

  look(): number | undefined {
    const bytes = this.#readAll();
    if (this.#state === 'ended') this.#socket.destroy();
    if (this.#state !== 'open') return undefined;
    const now = systemClock.monotonic();
    const pause = this.#isPaused ? undefined : this.#pace.paused(bytes, this.#capacity, now);
    if (pause === undefined) this.#beWoken();
    return pause;
  }

  /** The kernel has called for a read, and this came. */
  #woken(length: number): boolean {
    if (this.#state !== 'open') return true;
    // Full: its writer had to wait, and is to be ahead of us next time (0.37 instead of 0.47 s/GB).
    if (length >= DEFAULT_PIPE_BYTES) this.#enlarge();
    this.#reader.data(shared.subarray(0, length));
    if (this.#isPaused || this.#reader.isUrgent === true) return true;
    const pause = this.#pace.woken(length, systemClock.monotonic());
    if (pause !== undefined) this.#beBusy(pause);
    return true;
  }

  /** As far as one pipe can be filled. @returns how many bytes that was */
  #readAll(): number {
    let bytes = 0;
    while (this.#state === 'open' && !this.#isPaused && bytes < this.#capacity) {
      const length = this.#read() ?? 0;
      bytes += length;
      // A read that is not full was the last.
      if (length < READ_SIZE) break;
    }
    return bytes;
  }

  /** As `readNow`, and hands it on. */
  #read(): number | undefined {
    const length = readNow(this.#fd);
    if (length === 0) this.#end();
    else if (length !== undefined) this.#reader.data(shared.subarray(0, length));
    return length;
  }

  #beBusy(pause: number): void {
    this.#isBusy = true;
    this.#enlarge();
    this.#socket.pause();
    busyPipes.add(this, pause);
  }

  #enlarge(): void {
    if (this.#capacity === 0) this.#capacity = enlarge(this.#fd);
  }

  #beWoken(): void {
    this.#isBusy = false;
    busyPipes.remove(this);
    if (!this.#isPaused) this.#listen();
  }

  #listen(): void {
    this.#socket.resume();
    this.#socket.read(0);
  }

  #end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.#reader.end();
  }
}

/** @returns what it holds then: less, where the user has no allowance left */
function enlarge(fd: number): number {
  try {
    return posix.setPipeSize(fd, BUSY_PIPE_BYTES);
  } catch {
    return DEFAULT_PIPE_BYTES;
  }
}

/** undefined: nothing there now. 0: closed by all writers, or it cannot be read any more. */
function readNow(fd: number): number | undefined {
  try {
    return posix.readNow(fd, shared);
  } catch {
    return 0;
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
