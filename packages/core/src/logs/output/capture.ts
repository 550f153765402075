/**
 * What a program prints between these two becomes an event instead of a line of its log
 * (process.md §12). Both may be cut anywhere by the reads of its pipe.
 */
export const BEGIN_TOKEN = Buffer.from('<!--XSUPERVISOR:BEGIN-->');
export const END_TOKEN = Buffer.from('<!--XSUPERVISOR:END-->');

/** `captured` is what stands between the tokens; `begin` and `end` are the tokens themselves. */
export type Piece =
  | { readonly type: 'output' | 'captured'; readonly data: Buffer }
  | { readonly type: 'begin' | 'end' };

const EMPTY = Buffer.alloc(0);

/**
 * Finds the tokens in a stream. Data is held back until there is more of it than the wanted
 * token is long, and so is a beginning of that token at the end of longer data.
 */
export class CaptureScanner {
  #capturing = false;
  #held: Buffer = EMPTY;

  get capturing(): boolean {
    return this.#capturing;
  }

  /** The pieces may be views of `chunk`. */
  scan(chunk: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    for (;;) {
      const token = this.#capturing ? END_TOKEN : BEGIN_TOKEN;
      if (data.length <= token.length) break;
      const at = data.indexOf(token);
      if (at === -1) {
        const kept = data.length - prefixAtEnd(data, token);
        this.#text(pieces, data.subarray(0, kept));
        data = data.subarray(kept);
        break;
      }
      this.#text(pieces, data.subarray(0, at));
      pieces.push({ type: this.#capturing ? 'end' : 'begin' });
      this.#capturing = !this.#capturing;
      data = data.subarray(at + token.length);
    }
    // The chunk is its owner's again after this call.
    this.#held = data.length === 0 ? EMPTY : Buffer.from(data);
    return pieces;
  }

  /** What was held back, now that no more comes; it may be a whole token (difference D10). */
  end(): Piece[] {
    const pieces: Piece[] = [];
    const data = this.#held;
    this.#held = EMPTY;
    const token = this.#capturing ? END_TOKEN : BEGIN_TOKEN;
    if (data.equals(token)) pieces.push({ type: this.#capturing ? 'end' : 'begin' });
    else this.#text(pieces, data);
    return pieces;
  }

  #text(pieces: Piece[], data: Buffer): void {
    if (data.length > 0) pieces.push({ type: this.#capturing ? 'captured' : 'output', data });
  }
}

/** How many bytes at the end of `data` may be the beginning of `token`. */
function prefixAtEnd(data: Buffer, token: Buffer): number {
  for (let length = Math.min(token.length - 1, data.length); length > 0; length--) {
    if (data.subarray(data.length - length).equals(token.subarray(0, length))) return length;
  }
  return 0;
}
