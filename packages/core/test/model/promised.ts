import type { Process } from '../../src/process/process.ts';

interface Answer {
  readonly what: string;
  /** Whether it may still wait. */
  readonly mayWait: () => boolean;
}

/** The answers that somebody waits for. */
export class Promised {
  readonly #open = new Set<Answer>();

  get waiting(): number {
    return this.#open.size;
  }

  started(process: Process): void {
    const mayWait = (): boolean => {
      const { state, spawnError, backoff } = process.facts;
      if (state === 'BACKOFF') return backoff > process.config.startRetries;
      return state === 'STARTING' && spawnError === null;
    };
    this.#add(process.whenStarted(), { what: `the start of ${process.name}`, mayWait });
  }

  stopped(process: Process): Promise<void> {
    const mayWait = (): boolean => !process.isStopped;
    const stopped = process.whenStopped();
    this.#add(stopped, { what: `the stop of ${process.name}`, mayWait });
    return stopped;
  }

  /** Something that may take as long as it likes, but not for ever. */
  add(what: string, promise: Promise<unknown>): void {
    this.#add(promise, { what, mayWait: () => true });
  }

  overdue(): string | undefined {
    for (const { what, mayWait } of this.#open) {
      if (!mayWait()) return `whoever waits for ${what} is not answered`;
    }
    return undefined;
  }

  /** What still waits at the very end. */
  left(): string | undefined {
    const [first] = this.#open;
    return first && `whoever waits for ${first.what} is never answered`;
  }

  #add(promise: Promise<unknown>, entry: Answer): void {
    this.#open.add(entry);
    const settled = (): void => void this.#open.delete(entry);
    void promise.then(settled, settled);
  }
}
