/** What arrived of a log and is not shown yet. */
export type Arrival =
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'missed'; readonly bytes: number }
  | { readonly type: 'truncated' };

const LINE_FEED = 0x0a;

/**
 * What arrives while nobody looks: while the reader has paused, or faster than it can be drawn.
 * Holds so many bytes; then the oldest go, and their place says how many they were.
 */
export class Pending {
  /** Whole lines that wait. */
  lines = 0;
  #bytes = 0;
  #missed = 0;
  #arrivals: (Arrival | undefined)[] = [];
  #head = 0;
  readonly #mostBytes: number;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get isEmpty(): boolean {
    return this.#missed === 0 && this.#head === this.#arrivals.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(arrival: Arrival): void {
    this.#arrivals.push(arrival);
    if (arrival.type !== 'data') return;
    this.#bytes += arrival.bytes.length;
    this.lines += lineFeedsIn(arrival.bytes);
    while (this.#bytes > this.#mostBytes) this.#drop();
  }

  /** The next, at most so many bytes of it; undefined: there is none. */
  take(mostBytes: number): Arrival | undefined {
    if (this.#missed > 0) {
      const bytes = this.#missed;
      this.#missed = 0;
      return { type: 'missed', bytes };
    }
    const next = this.#arrivals[this.#head];
    if (next?.type !== 'data') return this.#shift();
    const part = next.bytes.subarray(0, mostBytes);
    if (part.length === next.bytes.length) this.#shift();
    else this.#arrivals[this.#head] = { type: 'data', bytes: next.bytes.subarray(mostBytes) };
    this.#bytes -= part.length;
    this.lines -= lineFeedsIn(part);
    return { type: 'data', bytes: part };
  }

  clear(): void {
    this.#arrivals = [];
    this.#head = this.#bytes = this.#missed = this.lines = 0;
  }

  #drop(): void {
    const gone = this.#shift();
    if (gone === undefined) return;
    if (gone.type === 'truncated') return;
    if (gone.type === 'missed') {
      this.#missed += gone.bytes;
      return;
    }
    this.#missed += gone.bytes.length;
    this.#bytes -= gone.bytes.length;
    this.lines -= lineFeedsIn(gone.bytes);
  }

  #shift(): Arrival | undefined {
    const next = this.#arrivals[this.#head];
    if (next === undefined) return undefined;
    // The array may live on for long; the bytes must not.
    this.#arrivals[this.#head] = undefined;
    this.#head++;
    if (this.#head === this.#arrivals.length || this.#head > 1024) {
      this.#arrivals = this.#arrivals.slice(this.#head);
      this.#head = 0;
    }
    return next;
  }
}

function lineFeedsIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
