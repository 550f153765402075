import type { MemoryLog } from '../memory-log.ts';
import { startOf } from './follow.ts';
import type { Deliver, FollowOptions, Follower } from './follow.ts';
import { ReadingTurn } from './reading-turn.ts';
import { skipTarget } from './skip.ts';

const CHUNK_BYTES = 65_536;

/** Follows a log in memory; a reader that is too slow misses what has been dropped from it. */
export class MemoryTail implements Follower {
  readonly #log: MemoryLog;
  readonly #deliver: Deliver;
  readonly #options: FollowOptions;
  readonly #turn = new ReadingTurn(() => this.#send());
  #position: number;

  constructor(log: MemoryLog, deliver: Deliver, options: FollowOptions = {}) {
    this.#log = log;
    this.#deliver = deliver;
    this.#options = options;
    this.#position = startOf(log.size, options);
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
    if (this.#position > this.#log.size) {
      this.#position = 0;
      this.#options.truncated?.('emptied');
    }
    this.#catchUp();
    this.#skipTo(Math.max(this.#position, this.#log.start));
    if (this.#turn.isClosed || this.#position >= this.#log.size) return;
    const offset = this.#position;
    const chunk = this.#log.slice(offset, CHUNK_BYTES);
    this.#position += chunk.length;
    if (this.#deliver(Buffer.from(chunk), { offset })) this.changed();
    else this.#turn.pause();
  }

  #catchUp(): void {
    const { size, start } = this.#log;
    if (size - this.#position <= (this.#options.mostBehindBytes ?? Infinity)) return;
    const read = (from: number, length: number): Buffer => this.#log.slice(from, length);
    this.#skipTo(skipTarget(read, Math.max(this.#position, start), size));
  }

  #skipTo(position: number): void {
    const skipped = position - this.#position;
    this.#position = position;
    if (skipped > 0) this.#options.missed?.(skipped);
  }
}
