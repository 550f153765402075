// `RESULT ` by convention; upstream does not compare it (events.md §7).
const KEYWORD_BYTES = 7;

// What Python's int() takes of bytes: ASCII blanks around, a sign, single underscores between digits.
const pythonInteger = /^[\t-\r ]*([+-]?\d+(?:_\d+)*)[\t-\r ]*$/;

/**
 * The length of the result that a line announces; undefined if it is not a number. A negative
 * length, which sends supervisord into a loop, is none either.
 */
export function resultLength(line: Buffer): number | undefined {
  const digits = pythonInteger.exec(line.toString('latin1', KEYWORD_BYTES))?.[1];
  if (digits === undefined) return undefined;
  const length = Number(digits.replaceAll('_', ''));
  return length < 0 ? undefined : length;
}
