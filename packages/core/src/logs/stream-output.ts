import type { Clock } from '../clock.ts';
import { errorText } from '../errors.ts';
import { ByteQueue } from './byte-queue.ts';
import type { Outlet } from './outlet/outlet.ts';
import type { LogSink, Report } from './sink.ts';
import type { Turn, TurnTaker } from './turn.ts';

export interface StreamOptions {
  /** For messages: the path or the name of the stream. */
  readonly name: string;
  readonly outlet: Outlet;
  readonly clock: Clock;
  readonly report: Report;
  /**
   * What happens when the reader is slower than the writer. `wait`: the writer is asked to
   * pause, nothing is lost. Otherwise the oldest records are dropped, and what this function
   * words takes their place.
   */
  readonly overflow: 'wait' | ((droppedRecords: number) => Buffer);
  /** Shared with whoever else writes to the same. */
  readonly turn: Turn;
}

/** Policy `wait`: so much may wait before the writer is asked to pause, and when it may go on. */
const HIGH_WATER = 64 * 1024;
const LOW_WATER = 16 * 1024;
/** The most that is ever kept. */
const LIMIT = 1024 * 1024;
/** With policy `wait` that is only reached by a writer that cannot pause: what a dead child left in its pipe. */
const WAIT_LIMIT = 8 * LIMIT;
/** How long a flush waits for a reader that is alive. */
const FLUSH_MS = 250;

/**
 * A log that goes to something without an end and a place: a terminal, a pipe, a socket, a
 * device. Never waits for its reader, is never rotated, reopened or removed.
 */
export class StreamOutput implements LogSink, TurnTaker {
  onDrain: (() => void) | undefined;

  readonly #options: StreamOptions;
  readonly #queue = new ByteQueue();
  readonly #turn: Turn;
  #delivering = false;
  /** The first record in the queue is out in part: nothing may come between. */
  #isBegun = false;
  #backedUp = false;
  #dropped = 0;
  #isBroken = false;
  #state: 'open' | 'closing' | 'closed' = 'open';

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#turn = options.turn;
  }

  get backedUp(): boolean {
    return this.#backedUp;
  }

  get pending(): number {
    return this.#queue.bytes;
  }

  write(data: Buffer): boolean {
    if (this.#state !== 'open') return true;
    if (this.#delivering || !this.#queue.isEmpty || !this.#turn.take(this)) {
      this.#enqueue(data);
      return !this.#backedUp;
    }
    try {
      const written = this.#options.outlet.tryWrite(data);
      if (written > 0) this.#isBroken = false;
      if (written < data.length) {
        this.#enqueue(data.subarray(written));
        this.#isBegun = written > 0;
        this.#deliver();
      }
    } catch (error) {
      this.#broken(error);
    }
    this.#endTurn();
    return !this.#backedUp;
  }

  turnCame(): void {
    try {
      this.#deliver();
    } catch (error) {
      this.#broken(error);
    }
    this.#drained();
  }

  reopen(): void {
    // There is no other thing of that name to open.
  }

  revive(): boolean {
    if (this.#state === 'closing') this.#state = 'open';
    return this.#state === 'open';
  }

  clear(): void {
    // What was read cannot be taken back.
  }

  flush(): void {
    if (this.#delivering) {
      const written = this.#options.outlet.cancel();
      if (written === undefined) return;
      this.#consume(written);
      this.#delivering = false;
    }
    const { clock } = this.#options;
    const deadline = clock.monotonic() + FLUSH_MS;
    try {
      while (!this.#queue.isEmpty) {
        this.#writeQueue();
        if (this.#queue.isEmpty || clock.monotonic() >= deadline) break;
        sleepNow(1);
      }
      this.#deliver();
    } catch (error) {
      this.#broken(error);
    }
  }

  close(): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#closeWhenEmpty();
  }

  #enqueue(data: Buffer): void {
    this.#queue.push(data);
    const waits = this.#options.overflow === 'wait';
    this.#dropped += this.#queue.shrink(waits ? WAIT_LIMIT : LIMIT, true).records;
    this.#backedUp ||= waits && this.#queue.bytes >= HIGH_WATER;
  }

  /** Writes what there is room for, and waits with the next piece. */
  #deliver(): void {
    if (this.#delivering || !this.#turn.take(this)) return;
    this.#writeQueue();
    const piece = this.#queue.head?.subarray(0, this.#options.outlet.pieceBytes);
    if (piece === undefined) {
      this.#endTurn();
      this.#closeWhenEmpty();
      return;
    }
    this.#delivering = true;
    this.#options.outlet.deliver(piece, (error) => {
      this.#delivering = false;
      try {
        if (error) throw error;
        this.#isBroken = false;
        this.#consume(piece.length);
        // Between two records others may have theirs.
        this.#endTurn();
        this.#deliver();
      } catch (failure) {
        this.#broken(failure);
      }
      this.#drained();
    });
  }

  #writeQueue(): void {
    for (;;) {
      if (!this.#isBegun) this.#tellLoss();
      const head = this.#queue.head;
      if (head === undefined) return;
      const written = this.#options.outlet.tryWrite(head);
      this.#consume(written);
      if (written < head.length) return;
    }
  }

  #consume(bytes: number): void {
    const whole = this.#queue.head?.length ?? 0;
    this.#queue.consume(bytes);
    if (bytes > 0) this.#isBegun = bytes < whole;
  }

  #tellLoss(): void {
    if (this.#dropped === 0) return;
    const { overflow, name, report } = this.#options;
    const dropped = this.#dropped;
    this.#dropped = 0;
    if (overflow === 'wait') report(`${dropped} chunks of output for ${name} were lost`);
    else this.#queue.unshift(overflow(dropped));
  }

  #drained(): void {
    if (!this.#backedUp || this.#queue.bytes > LOW_WATER) return;
    this.#backedUp = false;
    this.onDrain?.();
  }

  /** Its reader is gone, or the device refuses: nothing of what waits can be delivered. */
  #broken(error: unknown): void {
    this.#queue.clear();
    this.#isBegun = false;
    this.#dropped = 0;
    if (!this.#isBroken) {
      this.#isBroken = true;
      this.#options.report(`cannot write to ${this.#options.name}: ${errorText(error)}`);
    }
    this.#endTurn();
    this.#closeWhenEmpty();
  }

  #endTurn(): void {
    if (!this.#delivering && !this.#isBegun) this.#turn.release(this);
  }

  #closeWhenEmpty(): void {
    if (this.#state !== 'closing' || this.#delivering || !this.#queue.isEmpty) return;
    this.#state = 'closed';
    this.#options.outlet.close();
  }
}

function sleepNow(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
