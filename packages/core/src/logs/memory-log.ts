import { ByteQueue } from './byte-queue.ts';
import type { LogSink } from './sink.ts';

const LIMIT = 1024 * 1024;

/**
 * The log of a program where no file can be made (difference D7): its newest output, counted
 * as if all of it were still there.
 */
export class MemoryLog implements LogSink {
  readonly backedUp = false;
  readonly pending = 0;
  onDrain: (() => void) | undefined;
  readonly #records = new ByteQueue();
  readonly #written: (() => void) | undefined;
  #size = 0;

  constructor(written?: () => void) {
    this.#written = written;
  }

  /** All that was ever written since it was cleared. */
  get size(): number {
    return this.#size;
  }

  /** Where what is still there begins. */
  get start(): number {
    return this.#size - this.#records.bytes;
  }

  /** What is still there. */
  contents(): Buffer {
    return this.#records.toBuffer();
  }

  write(data: Buffer): boolean {
    this.#records.push(data);
    this.#records.shrink(LIMIT, false);
    this.#size += data.length;
    this.#written?.();
    return true;
  }

  /** As much of these bytes as is still there. */
  slice(start: number, length: number): Buffer {
    const from = Math.max(0, start - this.start);
    return this.contents().subarray(from, Math.max(from, start + length - this.start));
  }

  clear(): void {
    this.#records.clear();
    this.#size = 0;
    this.#written?.();
  }

  // It is always there, and stays after its program has ended.
  reopen(): void {}
  flush(): void {}
  close(): void {}

  revive(): boolean {
    return true;
  }
}
