const KEPT_BYTES = 65_536;
const NEWLINE = 10;

/**
 * Where a reader goes on that has skipped to the end of a log: at most 64 KiB before it, at the
 * start of a line or, where there is none, of a UTF-8 character.
 *
 * @param from not before this
 */
export function skipTarget(
  read: (start: number, length: number) => Buffer,
  from: number,
  size: number,
): number {
  const start = Math.max(from, size - KEPT_BYTES);
  if (start === 0) return 0;
  // The byte before tells whether a line starts right here.
  const end = read(start - 1, size - start + 1);
  const newline = end.indexOf(NEWLINE);
  if (newline !== -1 && newline + 1 < end.length) return start + newline;
  let character = 1;
  while (character < 4 && isContinuation(end[character])) character++;
  return start - 1 + character;
}

const isContinuation = (byte: number | undefined): boolean =>
  byte !== undefined && (byte & 0xc0) === 0x80;
