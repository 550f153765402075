/** Those who wait for a process to be in some state; asked at every change. */
export class Watchers {
  readonly #watches = new Set<() => void>();

  /** Resolves when `isSo` answers true, now or later; rejects when it throws. */
  when(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const watch = (): void => {
        try {
          if (!isSo()) return;
          resolve();
        } catch (error) {
          reject(error as Error);
        }
        this.#watches.delete(watch);
      };
      this.#watches.add(watch);
      watch();
    });
  }

  notify(): void {
    for (const watch of this.#watches) watch();
  }
}
