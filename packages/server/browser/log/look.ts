import type { Colour } from './palette.ts';
import type { Style } from './style.ts';

/** How an element shows a style: by classes of the style sheet, and custom properties of its own. */
export interface Look {
  readonly classes: readonly string[];
  readonly properties: readonly (readonly [name: string, value: string])[];
}

/**
 * `f0`–`f15` and `b0`–`b15` are the theme's colours; `f` and `b` take theirs from the properties
 * `--f` and `--b`. A foreground without a background (`f`) may be shifted by the theme, so that
 * it can be read on the page's own; one with (`on`) stays what the program chose.
 */
export function lookOf(style: Style): Look {
  const classes: string[] = [];
  const properties: [string, string][] = [];
  const { foreground, background, inverse = false } = style;
  const [front, back] = inverse ? [background, foreground] : [foreground, background];
  for (const [letter, colour] of [
    ['f', front],
    ['b', back],
  ] as const) {
    if (colour === undefined) {
      if (inverse) classes.push(`${letter}-inverse`);
      continue;
    }
    classes.push(classOf(letter, colour));
    if (typeof colour === 'string') properties.push([`--${letter}`, colour]);
  }
  if (back !== undefined || inverse) classes.push('on');
  for (const name of flags) if (style[name] === true) classes.push(name);
  return { classes, properties };
}

const classOf = (letter: 'f' | 'b', colour: Colour): string =>
  typeof colour === 'number' ? `${letter}${colour}` : letter;

const flags = ['bold', 'dim', 'italic', 'underline', 'strike'] as const;
