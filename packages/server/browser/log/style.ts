import { indexedColour, trueColour } from './palette.ts';
import type { Colour } from './palette.ts';

export interface Style {
  readonly foreground?: Colour | undefined;
  readonly background?: Colour | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
  readonly strike?: boolean;
}

export const PLAIN: Style = {};

/** What `ESC [ parameters m` makes of a style (ECMA-48 §8.3.117). What is not known changes nothing. */
export function selectRendition(style: Style, parameters: string): Style {
  let next = style;
  const given = parameters.split(';').map((part) => part.split(':').map(toNumber));
  for (let at = 0; at < given.length; at++) {
    const [code = 0, ...sub] = given[at] as number[];
    const target = colourTargets.get(code);
    if (target === undefined) {
      next = code === 4 && sub[0] === 0 ? changed(next, 24) : changed(next, code);
      continue;
    }
    const { colour, used } =
      sub.length > 0 ? { colour: colourOf(sub), used: 0 } : readColour(given, at + 1);
    at += used;
    if (colour !== undefined && target !== 'none') next = { ...next, [target]: colour };
  }
  return isPlain(next) ? PLAIN : next;
}

/** Empty is 0. */
const toNumber = (text: string): number => Number.parseInt(text || '0', 10);

/** Which codes a colour follows; that of the underline is not shown. */
const colourTargets: ReadonlyMap<number, 'foreground' | 'background' | 'none'> = new Map([
  [38, 'foreground'],
  [48, 'background'],
  [58, 'none'],
] as const);

/** `5;N` or `2;R;G;B`, each a parameter of its own. */
function readColour(
  given: readonly (readonly number[])[],
  at: number,
): { readonly colour: Colour | undefined; readonly used: number } {
  const count = { 5: 2, 2: 4 }[given[at]?.[0] as 5 | 2] ?? 0;
  const parts = given.slice(at, at + count).map(([first = 0]) => first);
  return { colour: parts.length === count ? colourOf(parts) : undefined, used: parts.length };
}

/** `5:N`, `2:R:G:B`, or with a colour space `2:SPACE:R:G:B`. */
function colourOf(parts: readonly number[]): Colour | undefined {
  const [kind, ...values] = parts;
  if (kind === 5) return indexedColour(values[0] ?? 0);
  if (kind !== 2) return undefined;
  const [red = 0, green = 0, blue = 0] = values.length > 3 ? values.slice(1) : values;
  return trueColour(red, green, blue);
}

function changed(style: Style, code: number): Style {
  const change = changes.get(code);
  if (change !== undefined) return change === PLAIN ? PLAIN : { ...style, ...change };
  for (const [first, target, colour] of ranges) {
    if (code >= first && code < first + 8) return { ...style, [target]: colour + code - first };
  }
  return style;
}

const changes: ReadonlyMap<number, Style> = new Map<number, Style>([
  [0, PLAIN],
  [1, { bold: true }],
  [2, { dim: true }],
  [3, { italic: true }],
  [4, { underline: true }],
  [7, { inverse: true }],
  [9, { strike: true }],
  [21, { underline: true }],
  [22, { bold: false, dim: false }],
  [23, { italic: false }],
  [24, { underline: false }],
  [27, { inverse: false }],
  [29, { strike: false }],
  [39, { foreground: undefined }],
  [49, { background: undefined }],
]);

/** Eight codes each: the first of them, what it colours, its colour. */
const ranges = [
  [30, 'foreground', 0],
  [40, 'background', 0],
  [90, 'foreground', 8],
  [100, 'background', 8],
] as const;

const isPlain = (style: Style): boolean =>
  Object.values(style).every((value) => value === undefined || value === false);
