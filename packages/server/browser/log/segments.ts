import type { Match } from './query.ts';
import type { Row } from './row.ts';
import { PLAIN } from './style.ts';
import type { Style } from './style.ts';

/** A piece of a row that looks alike throughout. */
export interface Segment {
  readonly text: string;
  readonly style: Style;
  /** Which of the row's matches it is in. */
  readonly match: number | undefined;
}

/** Cuts a row where its style changes and where matches begin and end. */
export function segmentsOf({ text, spans }: Row, matches: readonly Match[]): readonly Segment[] {
  if (spans.length === 0 && matches.length === 0) {
    return text === '' ? [] : [{ text, style: PLAIN, match: undefined }];
  }
  const segments: Segment[] = [];
  let style = PLAIN;
  let span = 0;
  let match = 0;
  let at = 0;
  while (at < text.length) {
    for (; (spans[span]?.from ?? Infinity) <= at; span++) style = spans[span]?.style ?? PLAIN;
    if ((matches[match]?.to ?? Infinity) <= at) match++;
    const { from = Infinity, to = Infinity } = matches[match] ?? {};
    const isIn = from <= at;
    const end = Math.min(spans[span]?.from ?? Infinity, isIn ? to : from, text.length);
    segments.push({ text: text.slice(at, end), style, match: isIn ? match : undefined });
    at = end;
  }
  return segments;
}
