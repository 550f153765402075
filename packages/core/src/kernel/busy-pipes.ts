import { systemClock } from '../clock.ts';

/** A pipe that is looked at by the clock. */
export interface BusyPipe {
  /**
   * Reads what is there.
   *
   * @returns in how many ms to look again; undefined: the kernel shall tell when there is more
   */
  look(): number | undefined;
}

/** Looks that are due within this are done at once. */
const TOGETHER_MS = 1;

/**
 * The pipes whose writers write all the time. To be woken by the kernel for each of their lines
 * costs more than the lines do; so they are left alone for a moment, and then all is read that
 * has come. One timer serves them all, and none runs when there are none.
 */
export class BusyPipes {
  /** When each is to be looked at. */
  readonly #due = new Map<BusyPipe, number>();
  #timer: NodeJS.Timeout | undefined;
  #nextMs = Infinity;

  /** Looks at it in so many ms. */
  add(pipe: BusyPipe, inMs: number): void {
    const due = systemClock.monotonic() + inMs;
    this.#due.set(pipe, due);
    this.#wakeAt(due);
  }

  remove(pipe: BusyPipe): void {
    this.#due.delete(pipe);
    if (this.#due.size === 0) this.#sleep();
  }

  #wakeAt(due: number): void {
    if (due >= this.#nextMs) return;
    this.#sleep();
    this.#nextMs = due;
    this.#timer = setTimeout(() => this.#look(), Math.max(1, due - systemClock.monotonic()));
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#nextMs = Infinity;
  }

  #look(): void {
    this.#sleep();
    const now = systemClock.monotonic();
    let nextMs = Infinity;
    for (const [pipe, due] of this.#due) {
      let next = due;
      if (due <= now + TOGETHER_MS) {
        const inMs = pipe.look();
        // It may have been removed meanwhile, by what it read.
        if (inMs === undefined || !this.#due.has(pipe)) {
          this.#due.delete(pipe);
          continue;
        }
        next = now + inMs;
        this.#due.set(pipe, next);
      }
      nextMs = Math.min(nextMs, next);
    }
    if (nextMs < Infinity) this.#wakeAt(nextMs);
  }
}
