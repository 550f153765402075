/**
 * The results of tsvd for a client that can read them so: in JSON, which is a third as long as in
 * XML-RPC, and read in a tenth of the time. The client says so in its Accept header, which
 * supervisord does not look at.
 */
import { isList, isStruct } from './values.ts';
import type { RpcValue } from './values.ts';
import { maxInt } from './xmlrpc/encode.ts';

export const COMPACT_TYPE = 'application/vnd.tsvisor.result+json';

/** What XML would turn into something else stands in one of these escapes. */
const altered = /\\[rbf]|\\u00/;

/**
 * A list or a struct, where XML-RPC would bring the very same value.
 *
 * @returns undefined: it has to be XML, which also says what cannot be sent at all
 */
export function encodeCompact(value: RpcValue): Buffer | undefined {
  if (typeof value !== 'object' || !isPlain(value)) return undefined;
  const text = JSON.stringify(value);
  return altered.test(text) ? undefined : Buffer.from(text);
}

/** @throws {SyntaxError} */
export const decodeCompact = (body: Buffer): RpcValue => JSON.parse(body.toString()) as RpcValue;

function isPlain(value: RpcValue): boolean {
  if (typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') {
    return Number.isInteger(value) && Math.abs(value) <= maxInt;
  }
  if (typeof value !== 'object' || value === null) return false;
  if (isList(value)) return value.every(isPlain);
  return isStruct(value) && Object.values(value).every(isPlain);
}
