/** Numbers as Python reads and writes them, since the texts cross the wire. */

/** More digits than this are refused, as by CPython: reading them takes quadratic time. */
const maxIntDigits = 4300;

/** The integer that Python's `int(text)` gives for ASCII digits; undefined if it would refuse. */
export function parseInteger(text: string): number | bigint | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 2 * maxIntDigits + 2) return undefined;
  if (!/^[+-]?\d+(?:_\d+)*$/.test(trimmed)) return undefined;
  const digits = trimmed.replaceAll(/[+_-]/g, '');
  if (digits.length > maxIntDigits) return undefined;
  const magnitude = BigInt(digits);
  return demoted(trimmed.startsWith('-') ? -magnitude : magnitude);
}

/** The float that Python's `float(text)` gives for ASCII digits; undefined if it would refuse. */
export function parseFloatText(text: string): number | undefined {
  const joined = text.trim().replaceAll(/(?<=\d)_(?=\d)/g, '');
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(joined)) return Number(joined);
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(joined);
  if (!special) return undefined;
  if (special[2]?.toLowerCase() === 'nan') return NaN;
  return special[1] === '-' ? -Infinity : Infinity;
}

/** `repr()` of a float: the shortest digits that read back the same, and always a sign of a float. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const magnitude = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${magnitude}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A bigint becomes a plain number where that loses nothing. */
export function demoted(value: bigint): number | bigint {
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value;
}
