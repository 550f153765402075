/**
 * When a follower reads: if there is something new and its reader has room, once in a turn of the
 * event loop however often it is told.
 */
export class ReadingTurn {
  readonly #read: () => void;
  #isPaused = false;
  #isScheduled = false;
  #isClosed = false;

  constructor(read: () => void) {
    this.#read = read;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  changed(): void {
    if (this.#isScheduled || this.#isPaused || this.#isClosed) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (!this.#isClosed) this.#read();
    });
  }

  /** Until `resume`. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.changed();
  }

  close(): void {
    this.#isClosed = true;
  }
}
