import type { Cancel } from '../clock.ts';

interface Watch {
  readonly look: () => void;
  /** Nothing will change any more. */
  readonly close: ((error: Error) => void) | undefined;
}

/** Those who wait for a process to be in some state; asked at every change. */
export class Watchers {
  /** Made by the first: hardly any process is waited for. */
  #watches: Set<Watch> | undefined;
  /** Why nothing changes any more. */
  #closed: Error | undefined;

  /** Resolves when `isSo` answers true, now or later; rejects when it throws. */
  when(isSo: () => boolean): Promise<void> {
    return this.#wait(isSo, false);
  }

  /** As `when`, but gives up when the signal says so, and when nothing can change any more. */
  async until(isSo: () => boolean, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (signal === undefined) return this.#wait(isSo, true);
    let aborted = (): void => undefined;
    const giveUp = new Promise<never>((_, reject) => {
      aborted = () => reject(signal.reason as Error);
    });
    signal.addEventListener('abort', aborted, { once: true });
    try {
      await Promise.race([this.#wait(() => signal.aborted || isSo(), true), giveUp]);
    } finally {
      signal.removeEventListener('abort', aborted);
    }
  }

  /** Calls `look` at every change. */
  each(look: () => void): Cancel {
    const watch: Watch = { look, close: undefined };
    (this.#watches ??= new Set()).add(watch);
    return () => void this.#watches?.delete(watch);
  }

  notify(): void {
    for (const { look } of this.#watches ?? []) look();
  }

  close(error: Error): void {
    this.#closed = error;
    for (const { close } of this.#watches ?? []) close?.(error);
  }

  #wait(isSo: () => boolean, endsWithClose: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        try {
          if (!isSo()) return;
          resolve();
        } catch (error) {
          reject(error as Error);
        }
        this.#watches?.delete(watch);
      };
      const watch: Watch = { look, close: endsWithClose ? reject : undefined };
      (this.#watches ??= new Set()).add(watch);
      look();
      if (endsWithClose && this.#closed !== undefined) reject(this.#closed);
    });
  }
}
