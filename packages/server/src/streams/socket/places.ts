/**
 * For the subscriptions of all clients together: four for each connection that there may be.
 * One to a log holds a file open, and 64 KiB once its client does not read.
 */
export const MOST_OF_ALL = 1024;

/** How many of them are taken. */
export class Places {
  #taken = 0;

  get areAllTaken(): boolean {
    return this.#taken >= MOST_OF_ALL;
  }

  take(): void {
    this.#taken += 1;
  }

  free(count = 1): void {
    this.#taken -= count;
  }
}
