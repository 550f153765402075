import { partOfLine } from './feed.ts';
import { LineBuilder } from './line-builder.ts';
import type { BuiltLine } from './line-builder.ts';

export interface OlderLines {
  readonly lines: readonly BuiltLine[];
  /** Where in the log the first of them begins. */
  readonly earliest: number;
}

/** The whole lines in a piece of a log that stands before those that are shown. */
export function olderLines(bytes: Uint8Array, offset: number): OlderLines {
  const skipped = partOfLine(bytes, offset);
  // Not all of it: a line that is longer than the piece is shown in pieces.
  const from = skipped === bytes.length ? 0 : skipped;
  const lines: BuiltLine[] = [];
  const builder = new LineBuilder((line) => lines.push(line));
  builder.add(new TextDecoder().decode(bytes.subarray(from)));
  builder.finish();
  return { lines, earliest: offset + from };
}
