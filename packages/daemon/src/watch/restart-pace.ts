/** Restarts in a row that need not wait. */
const FREE = 5;
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 300_000;
/** A change so soon after a restart is taken for the program's own. */
const SOON_MS = 5000;

/**
 * How soon a program may be restarted again. One that writes to the files that it is restarted for
 * would never come to rest; somebody at an editor is hardly ever so quick. Pure: it is told the time.
 */
export class RestartPace {
  #inARow = 0;
  #lastMs = -Infinity;

  get inARow(): number {
    return this.#inARow;
  }

  /** How long a restart has to wait, at this moment of a clock that never steps back. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#lastMs + this.#gapMs - nowMs);
  }

  /** @param changedMs when the change was seen that led to it */
  restarted(nowMs: number, changedMs: number): void {
    this.#inARow = changedMs - this.#lastMs < SOON_MS ? this.#inARow + 1 : 1;
    this.#lastMs = nowMs;
  }

  get #gapMs(): number {
    if (this.#inARow < FREE) return 0;
    return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#inARow - FREE));
  }
}
