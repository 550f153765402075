/** 0–15 are the theme's own colours, which the style sheet knows; all else is `#rrggbb`. */
export type Colour = number | `#${string}`;

/** A colour of the 256 that terminals have; undefined if there is none of this number. */
export function indexedColour(index: number): Colour | undefined {
  if (!Number.isInteger(index) || index < 0 || index > 255) return undefined;
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return trueColour(grey, grey, grey);
  }
  const cube = index - 16;
  return trueColour(level(cube / 36), level((cube / 6) % 6), level(cube % 6));
}

/** undefined if a part is not within 0–255. */
export function trueColour(red: number, green: number, blue: number): Colour | undefined {
  const parts = [red, green, blue];
  if (!parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)) return undefined;
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The steps of the colour cube are not even: 0, 95, 135, 175, 215, 255. */
const level = (step: number): number => (step < 1 ? 0 : 55 + Math.floor(step) * 40);
