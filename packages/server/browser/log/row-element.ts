import { lookOf } from './look.ts';
import type { Match } from './query.ts';
import type { Row } from './row.ts';
import { segmentsOf } from './segments.ts';
import type { Segment } from './segments.ts';
import { PLAIN } from './style.ts';

/** Fills an element with a row. What a program wrote is only ever text in it. */
export function fillRow(
  element: HTMLElement,
  row: Row,
  matches: readonly Match[] = [],
  current?: number,
): void {
  if (row.spans.length === 0 && matches.length === 0) {
    element.textContent = row.text;
    return;
  }
  element.replaceChildren(
    ...segmentsOf(row, matches).map((segment) =>
      segment.style === PLAIN && segment.match === undefined
        ? document.createTextNode(segment.text)
        : segmentElement(segment, current),
    ),
  );
}

function segmentElement({ text, style, match }: Segment, current: number | undefined): HTMLElement {
  const element = document.createElement(match === undefined ? 'span' : 'mark');
  element.textContent = text;
  const { classes, properties } = lookOf(style);
  element.classList.add(...classes);
  if (match !== undefined && match === current) element.classList.add('current');
  for (const [name, value] of properties) element.style.setProperty(name, value);
  return element;
}
