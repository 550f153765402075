/**
 * Of each turn of the event loop. What many followers of a fast log would read may otherwise fill
 * it so much that the program that writes has to wait (with 100 it took 45 s instead of 2).
 */
const SHARE_MS = 1;

/** Those that want to read, in order; whoever has read stands at the end again. */
const waiting = new Set<ReadingTurn>();
let isScheduled = false;

/**
 * When a follower reads a piece: if there is something new and its reader has room, one after the
 * other, and all of them only for a share of the time.
 */
export class ReadingTurn {
  readonly #read: () => void;
  #isPaused = false;
  #isClosed = false;

  constructor(read: () => void) {
    this.#read = read;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  changed(): void {
    if (this.#isPaused || this.#isClosed) return;
    waiting.add(this);
    schedule();
  }

  /** It is its turn. */
  come(): void {
    if (!this.#isPaused) this.#read();
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
    waiting.delete(this);
  }
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(readInTurn);
}

function readInTurn(): void {
  const end = performance.now() + SHARE_MS;
  try {
    // Grows while it is walked.
    for (const turn of waiting) {
      waiting.delete(turn);
      turn.come();
      if (performance.now() >= end) return;
    }
  } finally {
    isScheduled = false;
    if (waiting.size > 0) schedule();
  }
}
