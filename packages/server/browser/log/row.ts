import { PLAIN } from './style.ts';
import type { Style } from './style.ts';

/** One line of a log as it shows. */
export interface Row {
  readonly text: string;
  /** Where which style begins, in order; before the first the text is plain. */
  readonly spans: readonly Span[];
}

export interface Span {
  readonly from: number;
  readonly style: Style;
}

export const EMPTY_ROW: Row = { text: '', spans: [] };

/** More changes of style in a row than this are not shown: each is an element of the page. */
export const MOST_SPANS = 256;

/** The row after `text` was written at a column, over what stood there. */
export function overwrite(row: Row, column: number, text: string, style: Style): Row {
  if (column === row.text.length) return append(row, text, style);
  const before = append(
    cut(row, 0, column),
    ' '.repeat(Math.max(0, column - row.text.length)),
    PLAIN,
  );
  return joined(append(before, text, style), cut(row, column + text.length));
}

/** The part of a row between two columns. Half a surrogate pair at either end becomes a space. */
export function cut(row: Row, from: number, to: number = row.text.length): Row {
  if (from >= to || from >= row.text.length) return EMPTY_ROW;
  const whole = row.text.slice(from, to);
  const head = isLowSurrogate(whole.charCodeAt(0)) ? ` ${whole.slice(1)}` : whole;
  const text = isHighSurrogate(head.charCodeAt(head.length - 1)) ? `${head.slice(0, -1)} ` : head;
  const spans = row.spans.filter((span) => span.from > from && span.from < to);
  const first = styleAt(row, from);
  return {
    text,
    spans: [
      ...(first === PLAIN ? [] : [{ from: 0, style: first }]),
      ...spans.map((span) => ({ from: span.from - from, style: span.style })),
    ],
  };
}

function append(row: Row, text: string, style: Style): Row {
  if (text === '') return row;
  const from = row.text.length;
  const isSame = style === (row.spans.at(-1)?.style ?? PLAIN);
  const spans =
    isSame || row.spans.length >= MOST_SPANS ? row.spans : [...row.spans, { from, style }];
  return { text: row.text + text, spans };
}

function joined(left: Row, right: Row): Row {
  if (right.text === '') return left;
  const shift = left.text.length;
  const begins = right.spans[0]?.from === 0;
  const last = left.spans.at(-1)?.style ?? PLAIN;
  const spans = right.spans.map((span) => ({ from: span.from + shift, style: span.style }));
  if (!begins && last !== PLAIN) spans.unshift({ from: shift, style: PLAIN });
  return { text: left.text + right.text, spans: [...left.spans, ...spans].slice(0, MOST_SPANS) };
}

const styleAt = ({ spans }: Row, column: number): Style =>
  spans.findLast((span) => span.from <= column)?.style ?? PLAIN;

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** The most of `text` that fits into a room without cutting a character in two. */
export function fitting(text: string, room: number): string {
  if (text.length <= room) return text;
  return text.slice(0, isHighSurrogate(text.charCodeAt(room - 1)) && room > 1 ? room - 1 : room);
}
