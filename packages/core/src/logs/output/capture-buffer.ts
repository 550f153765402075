/**
 * Holds what was captured, up to a limit, by supervisord's arithmetic (events.md §5): a write
 * that would exceed the limit first drops as many bytes from the front as it is long, and is
 * then kept in full. So one large write may exceed the limit, and small ones may drop too much.
 */
export class CaptureBuffer {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  append(data: Buffer): void {
    if (this.#length + data.length > this.#maxBytes) this.#dropFront(data.length);
    this.#parts.push(Buffer.from(data));
    this.#length += data.length;
  }

  /** Returns all of it, and is empty then. */
  take(): Buffer {
    const [first, ...others] = this.#parts;
    const all =
      first !== undefined && others.length === 0 ? first : Buffer.concat(this.#parts, this.#length);
    this.#parts = [];
    this.#length = 0;
    return all;
  }

  #dropFront(bytes: number): void {
    let left = bytes;
    let whole = 0;
    for (const part of this.#parts) {
      if (part.length > left) break;
      left -= part.length;
      this.#length -= part.length;
      whole += 1;
    }
    this.#parts.splice(0, whole);
    const first = this.#parts[0];
    if (first === undefined) return;
    this.#parts[0] = first.subarray(left);
    this.#length -= left;
  }
}
