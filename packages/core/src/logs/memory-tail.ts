import type { MemoryLog } from './memory-log.ts';
import { ReadingTurn } from './reading-turn.ts';
import { TAIL_START_BYTES } from './tail.ts';
import type { Follower } from './tail.ts';

const CHUNK_BYTES = 65_536;

/** Follows a log in memory; a reader that is too slow misses what has been dropped from it. */
export class MemoryTail implements Follower {
  readonly #log: MemoryLog;
  readonly #deliver: (chunk: Buffer) => boolean;
  readonly #turn = new ReadingTurn(() => this.#send());
  #position: number;

  constructor(log: MemoryLog, deliver: (chunk: Buffer) => boolean) {
    this.#log = log;
    this.#deliver = deliver;
    this.#position = Math.max(0, log.size - TAIL_START_BYTES);
    this.changed();
  }

  changed(): void {
    this.#turn.changed();
  }

  resume(): void {
    this.#turn.resume();
  }

  close(): void {
    this.#turn.close();
  }

  #send(): void {
    if (this.#position > this.#log.size) this.#position = 0;
    while (!this.#turn.isClosed && this.#position < this.#log.size) {
      const start = Math.max(this.#position, this.#log.start);
      const chunk = this.#log.slice(start, CHUNK_BYTES);
      this.#position = start + chunk.length;
      if (!this.#deliver(Buffer.from(chunk))) {
        this.#turn.pause();
        return;
      }
    }
  }
}
