import { Deque } from './deque.ts';

/** What waits for a listener, in order and bounded: the oldest makes room (events.md §8). */
export class EventBuffer<T> {
  readonly #capacity: number;
  readonly #overflowed: (dropped: T) => void;
  readonly #waiting = new Deque<T>();
  #discarded = 0;

  constructor(capacity: number, overflowed: (dropped: T) => void) {
    this.#capacity = capacity;
    this.#overflowed = overflowed;
  }

  get length(): number {
    return this.#waiting.length;
  }

  get isFull(): boolean {
    return this.length >= this.#capacity;
  }

  /** How many were dropped, ever. */
  get discarded(): number {
    return this.#discarded;
  }

  add(one: T): void {
    this.#makeRoom();
    this.#waiting.pushLast(one);
  }

  /** What comes back from a listener is the next to be sent, even if an older one must go. */
  addAgain(one: T): void {
    this.#makeRoom();
    this.#waiting.pushFirst(one);
  }

  takeFirst(): T | undefined {
    return this.#waiting.takeFirst();
  }

  /** Back where it was taken from just now. */
  putBack(one: T): void {
    this.#waiting.pushFirst(one);
  }

  clear(): void {
    this.#waiting.clear();
  }

  #makeRoom(): void {
    if (!this.isFull) return;
    const oldest = this.#waiting.takeFirst();
    if (oldest === undefined) return;
    this.#discarded++;
    this.#overflowed(oldest);
  }
}
