import type { Clock } from '../clock.ts';

/** An answer that takes longer is worth a nap. Python's listeners answer within 40 µs. */
const AWAKE_MS = 0.1;

/**
 * Keeps the event loop from sleeping while an answer is due any moment. To be put to sleep and woken
 * takes a processor that has nothing else to do longer than a listener takes to answer: with this,
 * 24,000 instead of 14,000 events a second go through one listener. Everything else has its turns
 * meanwhile.
 */
export class StayAwake {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #nextTurn: (run: () => void) => void;
  #until = 0;
  #isAwake = false;

  constructor(
    clock: Pick<Clock, 'monotonic'>,
    nextTurn: (run: () => void) => void = (run) => void setImmediate(run),
  ) {
    this.#clock = clock;
    this.#nextTurn = nextTurn;
  }

  /** For a moment from now. */
  awhile(): void {
    this.#until = this.#clock.monotonic() + AWAKE_MS;
    if (this.#isAwake) return;
    this.#isAwake = true;
    this.#nextTurn(this.#turn);
  }

  readonly #turn = (): void => {
    this.#isAwake = this.#clock.monotonic() < this.#until;
    if (this.#isAwake) this.#nextTurn(this.#turn);
  };
}
