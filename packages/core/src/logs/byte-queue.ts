/** In the place of a record that is gone: its memory is let go at once. */
const GONE = Buffer.alloc(0);

/** Records that wait, first in, first out, and how many bytes they are. */
export class ByteQueue {
  #records: Buffer[] = [];
  #first = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#first === this.#records.length;
  }

  get head(): Buffer | undefined {
    return this.#records[this.#first];
  }

  /** Keeps a copy. */
  push(data: Buffer): void {
    if (data.length === 0) return;
    this.#records.push(Buffer.from(data));
    this.#bytes += data.length;
  }

  /** Puts a record before all others; it is not copied. */
  unshift(data: Buffer): void {
    if (data.length === 0) return;
    this.#records.splice(0, this.#first, data);
    this.#first = 0;
    this.#bytes += data.length;
  }

  /** Drops bytes of the first record, or all of it. */
  consume(bytes: number): void {
    const head = this.head;
    if (head === undefined) return;
    if (bytes < head.length) {
      this.#records[this.#first] = head.subarray(bytes);
      this.#bytes -= bytes;
      return;
    }
    this.#bytes -= head.length;
    this.#records[this.#first++] = GONE;
    this.#compact();
  }

  /**
   * Drops the oldest records until at most `maxBytes` are left.
   *
   * @param keepHead the first is being written and stays
   */
  shrink(maxBytes: number, keepHead: boolean): { records: number; bytes: number } {
    const dropped = { records: 0, bytes: 0 };
    const head = keepHead ? this.head : undefined;
    let next = this.#first + (head === undefined ? 0 : 1);
    while (this.#bytes > maxBytes && next < this.#records.length) {
      const record = this.#records[next++]!;
      dropped.records += 1;
      dropped.bytes += record.length;
      this.#bytes -= record.length;
    }
    if (dropped.records === 0) return dropped;
    const former = this.#first;
    this.#first = head === undefined ? next : next - 1;
    this.#records.fill(GONE, former, this.#first);
    if (head !== undefined) this.#records[this.#first] = head;
    this.#compact();
    return dropped;
  }

  toBuffer(): Buffer {
    return Buffer.concat(this.#records.slice(this.#first), this.#bytes);
  }

  clear(): void {
    this.#records = [];
    this.#first = 0;
    this.#bytes = 0;
  }

  /** Lets go of what is used up, seldom enough to cost nothing. */
  #compact(): void {
    if (this.#first < this.#records.length && this.#first < 1024) return;
    this.#records = this.#records.slice(this.#first);
    this.#first = 0;
  }
}
