import { floatText } from '../../src/python/numbers.ts';
import { DateTime, Double, isList, isStruct } from '../../src/values.ts';
import type { RpcValue } from '../../src/values.ts';

/** A value as JSON that tells all kinds apart, with the members of structs in order. */
export function plain(value: RpcValue): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { int: String(value) };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { int: String(value) } : { double: floatText(value) };
  }
  if (value instanceof Double) return { double: floatText(value.value) };
  if (value instanceof DateTime) {
    const two = (field: number): string => String(field).padStart(2, '0');
    const { year, month, day, hour, minute, second } = value;
    const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
    return { time: `${date} ${two(hour)}:${two(minute)}:${two(second)}` };
  }
  if (isList(value)) return value.map(plain);
  if (!isStruct(value)) throw new Error('a value of no kind');
  const members = Object.entries(value).map(([name, member]) => [name, plain(member)] as const);
  return { struct: members.toSorted(([a], [b]) => byCodePoint(a, b)) };
}

const byCodePoint = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));
