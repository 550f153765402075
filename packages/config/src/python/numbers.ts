/** How Python's `%` lays out numbers. Only whole numbers occur. */
import type { Conversion } from './conversion.ts';

/** Without the exponent that JavaScript gives to large ones. */
export function integerText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString();
}

export function formatInteger(value: number, conversion: Conversion): string {
  const base = { o: 8, x: 16, X: 16 }[conversion.type] ?? 10;
  let digits = magnitude(value).toString(base);
  if (conversion.type === 'X') digits = digits.toUpperCase();
  const isPrefixed = conversion.flags.alternate && base !== 10;
  const prefix = isPrefixed ? `0${conversion.type}` : '';
  digits = digits.padStart(conversion.precision, '0');
  return layOut(signOf(value, conversion), prefix, digits, conversion);
}

export function formatFloat(value: number, conversion: Conversion): string {
  const digits = magnitude(value).toString();
  const precision = conversion.precision < 0 ? 6 : conversion.precision;
  const { alternate } = conversion.flags;
  const form = { e: exponential, f: fixed, g: general }[conversion.type.toLowerCase()]!;
  const text = form(digits, precision, alternate);
  const cased = conversion.type === conversion.type.toLowerCase() ? text : text.toUpperCase();
  return layOut(signOf(value, conversion), '', cased, conversion);
}

function magnitude(value: number): bigint {
  const whole = BigInt(value);
  return whole < 0n ? -whole : whole;
}

function signOf(value: number, { flags }: Conversion): string {
  if (value < 0) return '-';
  return flags.plus ? '+' : flags.blank ? ' ' : '';
}

function layOut(sign: string, prefix: string, digits: string, conversion: Conversion): string {
  const { flags, width } = conversion;
  const missing = Math.max(0, width - sign.length - prefix.length - digits.length);
  if (flags.left) return sign + prefix + digits + ' '.repeat(missing);
  return flags.zero
    ? sign + prefix + '0'.repeat(missing) + digits
    : ' '.repeat(missing) + sign + prefix + digits;
}

function fixed(digits: string, precision: number, alternate: boolean): string {
  return withPoint(digits, '0'.repeat(precision), alternate);
}

function exponential(digits: string, precision: number, alternate: boolean): string {
  const { kept, exponent } = rounded(digits, precision + 1);
  return (
    withPoint(kept[0]!, kept.slice(1).padEnd(precision, '0'), alternate) + exponentText(exponent)
  );
}

/** The shorter of both forms; without `alternate` no zeros at the end. */
function general(digits: string, precision: number, alternate: boolean): string {
  const significant = precision || 1;
  const { kept, exponent } = rounded(digits, significant);
  const isExponential = exponent >= significant;
  const whole = isExponential ? 1 : exponent + 1;
  const all = kept.padEnd(significant, '0');
  const fraction = alternate ? all.slice(whole) : all.slice(whole).replace(/0+$/, '');
  const text = withPoint(all.slice(0, whole), fraction, alternate);
  return isExponential ? text + exponentText(exponent) : text;
}

function withPoint(whole: string, fraction: string, alternate: boolean): string {
  return fraction !== '' || alternate ? `${whole}.${fraction}` : whole;
}

function exponentText(exponent: number): string {
  return `e+${String(exponent).padStart(2, '0')}`;
}

/** The leading `count` digits, rounded half to even, and the power of ten of the first one. */
function rounded(digits: string, count: number): { kept: string; exponent: number } {
  const exponent = digits.length - 1;
  if (digits.length <= count) return { kept: digits, exponent };
  const head = BigInt(digits.slice(0, count));
  const rest = digits.slice(count);
  const half = '5'.padEnd(rest.length, '0');
  const isUp = rest > half || (rest === half && head % 2n === 1n);
  const kept = (isUp ? head + 1n : head).toString();
  return kept.length > count
    ? { kept: kept.slice(0, count), exponent: exponent + 1 }
    : { kept, exponent };
}
