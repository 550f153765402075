/** A text of which pieces arrive, cut anywhere; no piece that it gives ends inside a character. */
export class Utf8Pieces {
  #cut: Buffer = Buffer.alloc(0);

  /** Bytes of a character that is not complete yet. */
  get pending(): number {
    return this.#cut.length;
  }

  /** What is no UTF-8 becomes U+FFFD. */
  feed(piece: Buffer): string {
    const bytes = this.#cut.length === 0 ? piece : Buffer.concat([this.#cut, piece]);
    const end = bytes.length - cutLength(bytes);
    this.#cut = Buffer.from(bytes.subarray(end));
    return bytes.toString('utf8', 0, end);
  }

  /** What is left of a character that will not be completed. */
  end(): string {
    const rest = this.#cut.toString();
    this.#cut = Buffer.alloc(0);
    return rest;
  }
}

/** How many bytes at the end begin a character without finishing it. */
function cutLength(bytes: Buffer): number {
  for (let length = 1; length <= Math.min(3, bytes.length); length += 1) {
    const byte = bytes[bytes.length - length] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return length < sequenceLength(byte) ? length : 0;
  }
  return 0;
}

function sequenceLength(first: number): number {
  if (first >= 0xf0 && first <= 0xf4) return 4;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xc2 && first <= 0xdf ? 2 : 1;
}

/** How many bytes at the beginning are the rest of a character that began before. */
export function restOfCharacter(bytes: Buffer): number {
  let length = 0;
  while (length < 3 && ((bytes[length] ?? 0) & 0xc0) === 0x80) length += 1;
  return length;
}
