/** A text file in strict UTF-8, read as Python does: in pieces of 8 KiB, which its error positions show. */
const PIECE = 8192;

export interface Decoded {
  /** What comes before the piece with the bad bytes; all of it when there are none. */
  readonly text: string;
  /** Why the rest cannot be decoded, in Python's words. */
  readonly problem?: string;
}

export function decodeText(bytes: Uint8Array): Decoded {
  try {
    return { text: strictDecoder().decode(bytes) };
  } catch {
    return decodeUpToBadBytes(bytes);
  }
}

/** The BOM is kept: it is text to the reader. */
function strictDecoder(): InstanceType<typeof TextDecoder> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
}

function decodeUpToBadBytes(bytes: Uint8Array): Decoded {
  let done = 0;
  for (let end = PIECE; ; end += PIECE) {
    const isLast = end >= bytes.length + PIECE;
    const bad = firstBad(bytes, done, Math.min(end, bytes.length), isLast);
    if (bad.reason !== undefined) {
      const text = strictDecoder().decode(bytes.subarray(0, done));
      return { text: wholeLines(text), problem: worded(bytes, done, bad) };
    }
    done = bad.start;
  }
}

/** A lone `\r` at the end may yet be half of `\r\n`, so it does not end a line. */
function wholeLines(text: string): string {
  return text.slice(
    0,
    1 + Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r', text.length - 2)),
  );
}

interface Bad {
  readonly start: number;
  readonly length: number;
  readonly reason?: string;
}

/** Without a reason: `start` is where the complete characters end. */
function firstBad(bytes: Uint8Array, from: number, to: number, isLast: boolean): Bad {
  let start = from;
  while (start < to) {
    const { size, low, high } = sequence(bytes[start]!);
    if (size === 0) return { start, length: 1, reason: 'invalid start byte' };
    for (let next = 1; next < size; next++) {
      if (start + next >= to) {
        return isLast
          ? { start, length: to - start, reason: 'unexpected end of data' }
          : { start, length: 0 };
      }
      const byte = bytes[start + next]!;
      const isGood = next === 1 ? byte >= low && byte <= high : byte >= 0x80 && byte <= 0xbf;
      if (!isGood) return { start, length: next, reason: 'invalid continuation byte' };
    }
    start += size;
  }
  return { start, length: 0 };
}

/** How long a character is, and which second byte it allows, by its first byte (RFC 3629). */
function sequence(first: number): { size: number; low: number; high: number } {
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (first < 0x80) return { size: 1, low, high };
  if (first < 0xc2 || first > 0xf4) return { size: 0, low, high };
  return { size: first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4, low, high };
}

function worded(bytes: Uint8Array, offset: number, bad: Bad): string {
  const at = bad.start - offset;
  const what =
    bad.length === 1
      ? `byte 0x${bytes[bad.start]!.toString(16)} in position ${at}`
      : `bytes in position ${at}-${at + bad.length - 1}`;
  return `'utf-8' codec can't decode ${what}: ${bad.reason}`;
}
