import type { Cancel, Clock } from '../clock.ts';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** Time that stands still until it is turned by hand. */
export class FakeClock implements Clock {
  #now: number;
  #monotonic = 0;
  readonly #timers = new Set<Timer>();

  /** @param now the wall clock at the beginning, in milliseconds since 1970 */
  constructor(now = 1_600_000_000_000) {
    this.#now = now;
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { due: this.#monotonic + Math.max(0, ms), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets time pass, and fires what becomes due in due order; of equals, what was set first. */
  advance(ms: number): void {
    const end = this.#monotonic + ms;
    // Taken anew each time: a timer may set or clear others.
    for (let next = this.#nextDue(end); next !== undefined; next = this.#nextDue(end)) {
      this.#timers.delete(next);
      this.#pass(Math.max(0, next.due - this.#monotonic));
      next.run();
    }
    this.#pass(Math.max(0, end - this.#monotonic));
  }

  /** Time passes while something takes long: what becomes due is fired by the next `advance`. */
  lag(ms: number): void {
    this.#pass(ms);
  }

  /** Sets the wall clock, as an administrator or NTP does. Durations know nothing of it. */
  setNow(now: number): void {
    this.#now = now;
  }

  #pass(ms: number): void {
    this.#monotonic += ms;
    this.#now += ms;
  }

  #nextDue(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  }
}
