import type { Clock } from '../clock.ts';

/** How long starts that became due together go on before sockets and signals get their turn, ms. */
const SLICE_MS = 20;
/** How long that turn is. */
const TURN_MS = 2;

/**
 * Spreads starts that are due at the same moment. Node runs all timers that are due before it looks
 * at a socket again, and on a busy machine one start takes many milliseconds: the new process must
 * get as far as its exec(2).
 */
export class StartPace {
  readonly #clock: Clock;
  #sliceBegan = -Infinity;
  #lastEnded = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds that the next start is to wait; 0: none. */
  get waitMs(): number {
    const now = this.#clock.monotonic();
    // Nothing was started just before: whoever waited has had a turn.
    if (now - this.#lastEnded >= TURN_MS) this.#sliceBegan = now;
    return now - this.#sliceBegan > SLICE_MS ? TURN_MS : 0;
  }

  /** A start is over, whatever came of it. */
  started(): void {
    this.#lastEnded = this.#clock.monotonic();
  }
}
