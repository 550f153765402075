import type { Cancel, Deliver, FollowOptions, Follower } from '@tsvisor/core';

import type { LogStart } from './messages.ts';
import { draft } from './sayings.ts';
import type { Outlet, Subscription } from './subscription.ts';
import { Utf8Pieces, restOfCharacter } from './utf8-pieces.ts';

/** A log that can be followed. */
interface Followable {
  follow(deliver: Deliver, options?: FollowOptions): Follower;
}

/** A client that is further behind skips to the end. */
const MOST_BEHIND_BYTES = 4 * 1024 * 1024;

type Piece =
  | { readonly type: 'chunk'; readonly chunk: Buffer; readonly offset: number }
  | { readonly type: 'missed'; readonly bytes: number }
  | { readonly type: 'truncated'; readonly rotated: boolean };

/**
 * A log as it is written. A client that is slow is spared: what it has not got yet is in the file,
 * and no more than a chunk is held for it.
 */
export class LogSubscription implements Subscription {
  readonly #follower: Follower;
  readonly #isText: boolean;
  readonly #pieces = new Utf8Pieces();
  readonly #size: () => number;
  /** Delivered when there was no room. */
  readonly #held: Piece[] = [];
  #outlet: Outlet | undefined;
  #unwatch: Cancel | undefined;
  /** Where the backlog may begin inside a character. */
  #isAtStart: boolean;
  #isPaused = false;
  #isEnding = false;
  #isClosed = false;
  #next = 0;

  /**
   * @param size of the log as it is now; asked when nothing more will be added
   * @throws {SupervisorError} NO_FILE
   */
  constructor(log: Followable, { backlog, offset, encoding }: LogStart, size = (): number => 0) {
    this.#size = size;
    this.#isText = encoding === 'text';
    this.#isAtStart = offset === undefined;
    this.#follower = log.follow((chunk, at) => this.#deliver(chunk, at.offset), {
      ...(offset === undefined ? { backlogBytes: backlog } : { offset }),
      mostBehindBytes: MOST_BEHIND_BYTES,
      missed: (bytes) => this.#take({ type: 'missed', bytes }),
      truncated: (how) => this.#take({ type: 'truncated', rotated: how === 'replaced' }),
    });
    this.#next = offset ?? Math.max(0, size() - backlog);
  }

  begin(outlet: Outlet, unwatch?: Cancel): this {
    this.#outlet = outlet;
    this.#unwatch = unwatch;
    return this;
  }

  /** Nothing will be added any more: what is there is told, and that this is the end. */
  end(): void {
    this.#isEnding = true;
    this.#finish();
  }

  drained(): void {
    while (this.#held.length > 0) {
      if (this.#outlet?.isFull !== false) return;
      const piece = this.#held.shift();
      if (piece !== undefined) this.#say(piece);
    }
    if (this.#isPaused && this.#outlet?.isFull === false) {
      this.#isPaused = false;
      this.#follower.resume();
    }
    this.#finish();
  }

  close(): void {
    this.#isClosed = true;
    this.#unwatch?.();
    this.#follower.close();
  }

  #deliver(chunk: Buffer, offset: number): boolean {
    this.#take({ type: 'chunk', chunk, offset });
    this.#isPaused = this.#outlet?.isFull !== false;
    this.#finish();
    return !this.#isPaused;
  }

  #take(piece: Piece): void {
    if (this.#isClosed) return;
    if (this.#held.length > 0 || this.#outlet?.isFull !== false) this.#held.push(piece);
    else this.#say(piece);
  }

  #say(piece: Piece): void {
    if (piece.type === 'chunk') {
      this.#sayLog(piece.chunk, piece.offset);
      return;
    }
    this.#sayRest();
    this.#outlet?.say(
      piece.type === 'missed'
        ? draft('missed', { bytes: piece.bytes })
        : draft('truncated', { rotated: piece.rotated }),
    );
    this.#next = piece.type === 'missed' ? this.#next + piece.bytes : 0;
  }

  #sayLog(chunk: Buffer, offset: number): void {
    this.#next = offset + chunk.length;
    if (!this.#isText) {
      this.#outlet?.say(draft('log', { offset, data: chunk.toString('base64') }));
      return;
    }
    const skipped = this.#isAtStart && offset > 0 ? restOfCharacter(chunk) : 0;
    this.#isAtStart = false;
    const begins = offset + skipped - this.#pieces.pending;
    const data = this.#pieces.feed(chunk.subarray(skipped));
    if (data !== '') this.#outlet?.say(draft('log', { offset: begins, data }));
  }

  /** What was cut off goes on elsewhere. */
  #sayRest(): void {
    const offset = this.#next - this.#pieces.pending;
    const data = this.#pieces.end();
    if (data !== '') this.#outlet?.say(draft('log', { offset, data }));
  }

  #finish(): void {
    if (!this.#isEnding || this.#isClosed || this.#held.length > 0) return;
    if (this.#outlet === undefined || this.#next < this.#size()) return;
    this.#sayRest();
    this.#outlet.say(draft('ended', {}));
    this.#outlet.ended();
  }
}
