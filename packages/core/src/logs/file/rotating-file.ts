import { write, writeSync } from 'node:fs';

import type { Cancel, Clock } from '../../clock.ts';
import { ByteQueue } from '../byte-queue.ts';
import type { LogSink, Report } from '../sink.ts';
import { LogFile } from './log-file.ts';
import type { LogFileOptions } from './log-file.ts';
import { LogTroubles } from './log-troubles.ts';
import { WriteSpeed } from './write-speed.ts';

export interface RotatingFileOptions extends LogFileOptions {
  readonly clock: Clock;
  readonly report: Report;
  /** Something new can be read from the file. */
  readonly written?: () => void;
}

/** What may wait for a slow disk before the writer is asked to pause, and when it may go on. */
const HIGH_WATER = 256 * 1024;
const LOW_WATER = 64 * 1024;
/** What is kept for a slow disk, should the writer not pause, and for one that fails. */
const SLOW_LIMIT = 8 * 1024 * 1024;
const FAILING_LIMIT = 256 * 1024;
const RETRY_MS = 1000;
const ROTATION_RETRY_MS = 10_000;

/**
 * A log file that rotates by size as supervisord's do (daemon.md §11): the size is tested after
 * each record, so that no record is split, and a file may be one record too long.
 *
 * A record is written at once, without a copy. When the disk turns out slow, records are copied,
 * queued and written in the thread pool, and the writer is asked to pause. When it fails (full,
 * say), the newest records are kept, up to a limit, and tried again; what was lost is told then.
 */
export class RotatingFile implements LogSink {
  onDrain: (() => void) | undefined;

  readonly #options: RotatingFileOptions;
  readonly #file: LogFile;
  readonly #queue = new ByteQueue();
  readonly #speed = new WriteSpeed();
  readonly #troubles: LogTroubles;
  #isFailing = false;
  #pumping = false;
  #backedUp = false;
  #closed = false;
  #rotateNotBefore = -Infinity;
  #cancelRetry: Cancel | undefined;

  /** @throws the system's error if the file cannot be opened */
  constructor(options: RotatingFileOptions) {
    this.#options = options;
    this.#file = new LogFile(options);
    this.#troubles = new LogTroubles(options.path, options.report);
  }

  get backedUp(): boolean {
    return this.#backedUp;
  }

  get pending(): number {
    return this.#queue.bytes;
  }

  write(data: Buffer): boolean {
    if (this.#closed) return true;
    if (this.#speed.isSlow || this.#isFailing || this.#pumping) {
      this.#enqueue(data);
      this.#pump();
    } else {
      this.#writeNow(data);
    }
    return !this.#backedUp;
  }

  reopen(): void {
    if (this.#closed) return;
    try {
      this.#file.reopen();
    } catch (error) {
      this.#troubles.cannotReopen(error);
      this.#retryLater();
      return;
    }
    this.#troubles.reopened();
    if (!this.#pumping) this.#file.closeLeft();
    if (this.#isFailing) this.#retry();
  }

  clear(): void {
    this.#file.remove();
    this.#queue.shrink(0, this.#pumping);
    this.reopen();
    this.#options.written?.();
  }

  flush(): void {
    // A record that the thread pool is writing cannot be taken back, only followed.
    const writing = this.#pumping ? this.#queue.head : undefined;
    if (writing !== undefined) this.#queue.consume(writing.length);
    try {
      for (let head = this.#queue.head; head !== undefined; head = this.#queue.head) {
        this.#queue.consume(writeSync(this.#file.fd, head));
      }
    } catch (error) {
      this.#writeFailed(error);
    }
    if (writing !== undefined) this.#queue.unshift(writing);
  }

  revive(): boolean {
    // Still being written to by the thread pool, or closed for good.
    if (this.#pumping) this.#closed = false;
    return !this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    if (this.#isFailing) this.flush();
    this.#closed = true;
    this.#cancelRetry?.();
    if (this.#isFailing) this.#giveUp();
    if (!this.#pumping) this.#file.close();
  }

  #writeNow(data: Buffer): void {
    const { clock } = this.#options;
    const started = clock.monotonic();
    let written = 0;
    try {
      while (written < data.length) written += writeSync(this.#file.fd, data, written);
    } catch (error) {
      this.#isFailing = true;
      this.#enqueue(data.subarray(written));
      this.#writeFailed(error);
      return;
    }
    this.#speed.took(clock.monotonic() - started);
    if (this.#file.wrote(written) && this.#mayRotate()) this.#rotate();
    this.#options.written?.();
  }

  #enqueue(data: Buffer): void {
    this.#queue.push(data);
    const limit = this.#isFailing ? FAILING_LIMIT : SLOW_LIMIT;
    this.#troubles.lost(this.#queue.shrink(limit, this.#pumping).bytes);
    // A disk may be full for days: programs go on without it.
    this.#backedUp ||= !this.#isFailing && this.#queue.bytes >= HIGH_WATER;
  }

  /** Writes what is queued, one record after the other, in the thread pool. */
  #pump(): void {
    if (this.#pumping || this.#isFailing || this.#queue.isEmpty) return;
    this.#pumping = true;
    void this.#writeQueue()
      .catch((error: unknown) => this.#writeFailed(error))
      .finally(() => this.#pumped());
  }

  async #writeQueue(): Promise<void> {
    const { clock } = this.#options;
    for (let head = this.#queue.head; head !== undefined; head = this.#queue.head) {
      const started = clock.monotonic();
      const written = await writeInPool(this.#file.fd, head);
      this.#queue.consume(written);
      this.#speed.took(clock.monotonic() - started);
      const isWhole = written === head.length;
      if (this.#file.wrote(written) && isWhole && this.#mayRotate())
        await this.#rotateInBackground();
      this.#options.written?.();
      this.#drained();
    }
    this.#recovered();
  }

  #pumped(): void {
    this.#pumping = false;
    this.#file.closeLeft();
    // What was taken since the queue was seen empty.
    this.#pump();
    if (!this.#closed) this.#drained();
    else if (!this.#pumping) {
      if (this.#isFailing) this.#giveUp();
      this.#file.close();
    }
  }

  #drained(): void {
    if (!this.#backedUp || (this.#queue.bytes > LOW_WATER && !this.#isFailing)) return;
    this.#backedUp = false;
    this.onDrain?.();
  }

  #mayRotate(): boolean {
    return this.#options.clock.monotonic() >= this.#rotateNotBefore;
  }

  #rotate(): void {
    try {
      this.#file.rotate();
      this.#file.closeLeft();
      this.#troubles.rotated();
    } catch (error) {
      this.#rotationFailed(error);
    }
  }

  async #rotateInBackground(): Promise<void> {
    try {
      await this.#file.rotateInBackground();
      this.#troubles.rotated();
    } catch (error) {
      this.#rotationFailed(error);
    }
  }

  #rotationFailed(error: unknown): void {
    this.#rotateNotBefore = this.#options.clock.monotonic() + ROTATION_RETRY_MS;
    this.#troubles.cannotRotate(error);
  }

  #writeFailed(error: unknown): void {
    this.#isFailing = true;
    this.#troubles.cannotWrite(error);
    this.#retryLater();
  }

  #retryLater(): void {
    this.#cancelRetry?.();
    if (this.#closed) return;
    this.#cancelRetry = this.#options.clock.after(RETRY_MS, () => {
      this.#cancelRetry = undefined;
      if (this.#troubles.isReopenDue) this.reopen();
      if (this.#isFailing) this.#retry();
    });
  }

  #retry(): void {
    this.#isFailing = false;
    if (this.#queue.isEmpty) this.#recovered();
    else this.#pump();
  }

  #recovered(): void {
    if (!this.#troubles.isReopenDue) this.#cancelRetry?.();
    this.#troubles.written();
  }

  #giveUp(): void {
    this.#troubles.lost(this.#queue.bytes);
    this.#queue.clear();
    this.#troubles.closed();
  }
}

function writeInPool(fd: number, data: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, data, 0, data.length, null, (error, written) => {
      if (error === null) resolve(written);
      else reject(error);
    });
  });
}
