/** What bounds a feed. */
export interface FeedOptions {
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** How much waits for whoever iterates. */
  readonly most: number;
  /** So many items have been dropped here, because whoever iterates is slow. */
  readonly missed?: ((items: number) => void) | undefined;
  /** Called once, when it is over, from whichever side. */
  readonly ended: () => void;
}

interface Item<T> {
  readonly value: T;
  readonly size: number;
}

/** What is read by `for await`; `break` ends it, as its disposal does. */
export interface Reading<T> extends AsyncIterableIterator<T>, AsyncDisposable {}

/**
 * Hands what comes over to whoever iterates. Nobody waits for a slow reader: when too much has
 * gathered, the oldest of it is dropped, and the reader is told how much when it comes to that place.
 */
export class Feed<T> implements Reading<T> {
  readonly #options: FeedOptions;
  readonly #items: Item<T>[] = [];
  readonly #readers: ((result: IteratorResult<T, undefined>) => void)[] = [];
  readonly #aborted = (): void => void this.return();
  #size = 0;
  #missed = 0;
  #isOver = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    const { signal } = options;
    if (signal?.aborted === true) this.end();
    else signal?.addEventListener('abort', this.#aborted, { once: true });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  push(value: T, size = 1): void {
    if (this.#isOver) return;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader({ done: false, value });
      return;
    }
    this.#items.push({ value, size });
    this.#size += size;
    while (this.#size > this.#options.most && this.#items.length > 1) {
      this.#size -= this.#items.shift()!.size;
      this.#missed += 1;
    }
  }

  /** Nothing more comes; what has gathered can still be read. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.signal?.removeEventListener('abort', this.#aborted);
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: undefined });
    this.#options.ended();
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const item = this.#items.shift();
    if (item !== undefined) {
      this.#size -= item.size;
      this.#tellMissed();
      return Promise.resolve({ done: false, value: item.value });
    }
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  /** Whoever iterates has had enough: what has gathered is dropped. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.#items.length = 0;
    this.#missed = 0;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #tellMissed(): void {
    const missed = this.#missed;
    this.#missed = 0;
    if (missed > 0) this.#options.missed?.(missed);
  }
}
