/**
 * What a pipe is enlarged to once it is busy. Not more: a user without privileges has 64 MiB for all
 * pipes, and gets but the smallest ones after that.
 */
export const BUSY_PIPE_BYTES = 256 * 1024;

const SHORTEST_MS = 1;
const LONGEST_MS = 20;
/** A second read so soon after the first, and so small, is one of many. */
const SOON_MS = 10;
const SMALL_BYTES = 32 * 1024;

/**
 * How a pipe should be read: as the kernel tells, or, while its writer writes little and often,
 * after a pause that lets it fill, but not so far that its writer has to wait. Pure.
 */
export class ReadPace {
  #lastReadMs = -Infinity;
  #pauseMs = SHORTEST_MS;

  /** After a read that the kernel has called for: how long to pause; undefined: not at all. */
  woken(bytes: number, nowMs: number): number | undefined {
    const isSoon = nowMs - this.#lastReadMs < SOON_MS;
    this.#lastReadMs = nowMs;
    // What the pause will bring is not known yet.
    this.#pauseMs = SHORTEST_MS;
    return isSoon && bytes < SMALL_BYTES ? this.#pauseMs : undefined;
  }

  /** After a pause that brought so many bytes: how long the next is; undefined: none. */
  paused(bytes: number, capacity: number, nowMs: number): number | undefined {
    this.#lastReadMs = nowMs;
    const pauseMs = this.#pauseMs;
    if (bytes > capacity / 2) this.#pauseMs = Math.max(SHORTEST_MS, pauseMs / 2);
    else if (bytes < capacity / 16) this.#pauseMs = LONGEST_MS;
    else if (bytes < capacity / 4) this.#pauseMs = Math.min(LONGEST_MS, pauseMs * 2);
    // It is quiet again, or so quick that its pipe fills in no time, and each read is large anyway.
    const isOver =
      (bytes === 0 && pauseMs === LONGEST_MS) || (bytes > capacity / 2 && pauseMs === SHORTEST_MS);
    return isOver ? undefined : this.#pauseMs;
  }
}
