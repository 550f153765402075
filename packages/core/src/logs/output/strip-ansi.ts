const ESC = 0x1b;
const BRACKET = 0x5b;
const SEQUENCE_START = Buffer.of(ESC, BRACKET);
const terminators = new Set(Buffer.from('HfABCDRsuJKhlpm'));

/**
 * Drops terminal control sequences from one record: from each `ESC [` up to and including the
 * first byte that ends it (process.md §13). Nothing is remembered between records: a sequence
 * that does not end eats the rest of its record.
 *
 * @returns the record itself if there is nothing to drop
 */
export function stripAnsi(record: Buffer): Buffer {
  let start = record.indexOf(SEQUENCE_START);
  if (start === -1) return record;
  const shown: Buffer[] = [];
  let from = 0;
  while (start !== -1) {
    shown.push(record.subarray(from, start));
    from = afterSequence(record, start + SEQUENCE_START.length);
    start = record.indexOf(SEQUENCE_START, from);
  }
  shown.push(record.subarray(from));
  return Buffer.concat(shown);
}

function afterSequence(record: Buffer, from: number): number {
  for (let at = from; at < record.length; at++) {
    if (terminators.has(record[at]!)) return at + 1;
  }
  return record.length;
}
