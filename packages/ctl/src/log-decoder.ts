import { pythonBytes } from './format/python-bytes.ts';

/**
 * Makes text of a log as it comes in pieces. A character may be cut between two pieces; what is
 * not UTF-8 is shown as bytes.
 */
export class LogDecoder {
  #cut: Uint8Array = new Uint8Array();

  feed(piece: Uint8Array): string {
    const bytes = this.#cut.length === 0 ? piece : Buffer.concat([this.#cut, piece]);
    const end = bytes.length - cutLength(bytes);
    this.#cut = bytes.slice(end);
    return shown(bytes.subarray(0, end));
  }

  /** What is left of a character that never was completed. */
  end(): string {
    const rest = this.#cut;
    this.#cut = new Uint8Array();
    return shown(rest);
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function shown(bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  try {
    return strict.decode(bytes);
  } catch {
    return `Undecodable: ${pythonBytes(bytes)}`;
  }
}

/** How many bytes at the end begin a character without finishing it. */
function cutLength(bytes: Uint8Array): number {
  for (let length = 1; length <= Math.min(3, bytes.length); length += 1) {
    const byte = bytes[bytes.length - length] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc2) return length < sequenceLength(byte) ? length : 0;
  }
  return 0;
}

function sequenceLength(first: number): number {
  if (first >= 0xf5) return 1;
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
