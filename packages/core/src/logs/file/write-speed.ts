/** A write that takes longer makes the file a slow one: other logs must not wait for it. */
const SLOW_WRITE_MS = 50;
/** So many fast writes in a row make it a fast one again. */
const FAST_WRITES = 16;

/** Whether the disk under a log file is slow, judged by its writes. */
export class WriteSpeed {
  #isSlow = false;
  #fastWrites = 0;

  get isSlow(): boolean {
    return this.#isSlow;
  }

  took(ms: number): void {
    if (ms > SLOW_WRITE_MS) {
      this.#isSlow = true;
      this.#fastWrites = 0;
    } else if (this.#isSlow && ++this.#fastWrites >= FAST_WRITES) {
      this.#isSlow = false;
    }
  }
}
