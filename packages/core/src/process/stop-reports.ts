import type { Cancel, Clock } from '../clock.ts';

const INTERVAL_MS = 2000;

/** Says every two seconds that somebody waits for a process to stop, however many do. */
export class StopReports {
  readonly #clock: Clock;
  readonly #say: () => void;
  #waiting = 0;
  #lastMs = -Infinity;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, say: () => void) {
    this.#clock = clock;
    this.#say = say;
  }

  /** A new stop: the first report is due at once. */
  reset(): void {
    this.#lastMs = -Infinity;
  }

  /** One more waits, until the answer is called. */
  begin(): Cancel {
    this.#waiting += 1;
    if (this.#waiting === 1) this.#report();
    return () => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#cancel?.();
    };
  }

  #report(): void {
    const due = this.#lastMs + INTERVAL_MS - this.#clock.monotonic();
    if (due <= 0) {
      this.#lastMs = this.#clock.monotonic();
      this.#say();
    }
    this.#cancel = this.#clock.after(due <= 0 ? INTERVAL_MS : due, () => this.#report());
  }
}
