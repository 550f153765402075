import { strip } from './text.ts';

const DIGIT = /\p{Nd}/u;

/** Python's int(text, base) for base 10 and 8; undefined when it is none. Blanks, a sign, `1_000` are fine. */
export function pythonInteger(text: string, base: 8 | 10 = 10): number | undefined {
  const digits = asciiDigits(strip(text)).toLowerCase();
  const pattern = base === 8 ? /^([+-]?)(?:0o_?)?([0-7]+(?:_[0-7]+)*)$/ : /^([+-]?)(\d+(?:_\d+)*)$/;
  const match = pattern.exec(digits);
  if (!match) return undefined;
  const size = Number((base === 8 ? '0o' : '') + match[2]!.replaceAll('_', ''));
  const value = Math.min(size, Number.MAX_VALUE);
  return match[1] === '-' && value !== 0 ? -value : value;
}

/** Any script's decimal digits count in Python: `٣` is 3. */
function asciiDigits(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return Array.from(text, (character) =>
    DIGIT.test(character) ? String(digitValue(character)) : character,
  ).join('');
}

/** Decimal digits are encoded as unbroken runs of ten, from zero to nine. */
function digitValue(character: string): number {
  const code = character.codePointAt(0)!;
  let start = code;
  while (start > 0 && DIGIT.test(String.fromCodePoint(start - 1))) start--;
  return (code - start) % 10;
}
