/** What Python's str methods do; JavaScript's own differ in which characters count as blank. */

const SPACES = new Set(
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);

export function isSpace(character: string): boolean {
  return SPACES.has(character);
}

/** How many blank characters the text begins with. */
export function indentOf(text: string): number {
  let start = 0;
  while (start < text.length && isSpace(text[start]!)) start++;
  return start;
}

export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1]!)) end--;
  return text.slice(0, end);
}

export function strip(text: string): string {
  return stripEnd(text).slice(indentOf(text));
}

/** The words between blanks. */
export function splitBlanks(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let index = 0; index <= text.length; index++) {
    const isEnd = index === text.length || isSpace(text[index]!);
    if (isEnd && start >= 0) words.push(text.slice(start, index));
    if (isEnd) start = -1;
    else if (start < 0) start = index;
  }
  return words;
}

/** `[before, after]` the first separator, or undefined. */
export function cutAtFirst(text: string, separator: string): [string, string] | undefined {
  const index = text.indexOf(separator);
  return index < 0 ? undefined : [text.slice(0, index), text.slice(index + separator.length)];
}

/** Order by code points. The `<` of JavaScript compares UTF-16 units, which puts 😀 before ﬀ. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (a[index] !== b[index]) return codePointHolding(a, index) - codePointHolding(b, index);
  }
  return a.length - b.length;
}

/** The code point that the unit at `index` is part of. */
function codePointHolding(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const before = text.charCodeAt(index - 1);
  const isSecondHalf = unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
  return text.codePointAt(isSecondHalf ? index - 1 : index)!;
}
