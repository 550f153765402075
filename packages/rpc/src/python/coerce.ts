/** What supervisord makes of an argument of another type, for it checks none (rpc.md §7). */
import { fault } from '../faults.ts';
import { DateTime, Double, isList } from '../values.ts';
import type { RpcValue } from '../values.ts';
import { demoted, parseInteger } from './numbers.ts';
import { pythonRepr } from './text.ts';

/**
 * The right type with a value that means nothing: an internal error over HTTP (500), and
 * `FAILED: <class 'ValueError'>:<message>` inside a multicall.
 */
export class ValueError extends Error {
  override readonly name: string = 'ValueError';
}

/**
 * Python's `int(value)`: cuts fractions, reads texts, counts true as 1.
 *
 * @throws {Fault} INCORRECT_PARAMETERS for null, lists, structs and dates.
 * @throws {ValueError} for a text that is no integer, and for infinities.
 */
export function pythonInt(value: RpcValue): number | bigint {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return demoted(value);
  if (typeof value === 'string') return integerIn(value);
  if (typeof value === 'number') return truncated(value);
  if (value instanceof Double) return truncated(value.value);
  throw fault('INCORRECT_PARAMETERS');
}

function integerIn(text: string): number | bigint {
  const integer = parseInteger(text);
  if (integer !== undefined) return integer;
  throw new ValueError(`invalid literal for int() with base 10: ${pythonRepr(text)}`);
}

function truncated(value: number): number | bigint {
  if (!Number.isFinite(value)) {
    throw new ValueError(`cannot convert float ${pythonRepr(new Double(value))} to integer`);
  }
  return demoted(BigInt(Math.trunc(value)));
}

/** Python's truth of a value: empty, zero and null are false; the text "no" is true. */
export function pythonTruth(value: RpcValue): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  if (value instanceof Double) return value.value !== 0;
  if (value instanceof DateTime) return true;
  return isList(value) ? value.length > 0 : Object.keys(value).length > 0;
}
