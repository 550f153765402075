/** Values to documents, byte for byte as Python's xmlrpc.client writes them (rpc.md §6). */
import { floatText } from '../python/numbers.ts';
import { DateTime, Double, isList } from '../values.ts';
import type { RpcValue } from '../values.ts';
import { formatDateTime } from './date-time.ts';
import { UnencodableError } from './errors.ts';

const prolog = "<?xml version='1.0'?>\n";
const maxInt = 2 ** 31 - 1;
const minInt = -(2 ** 31);
/** More levels than any caller has use for; a value that contains itself ends here. */
const maxLevels = 200;

/** How a string is written: the one thing in which requests differ from responses. */
type StringForm = (text: string) => string;

/**
 * A methodResponse with one value. Control characters are written as they are, as supervisord does.
 *
 * @throws {UnencodableError} for null, integers over 32 bits and whatever is no RpcValue.
 */
export function encodeResponse(value: RpcValue): string {
  const param = `<params>\n<param>\n${encodeValue(value, plainString, 0)}</param>\n</params>\n`;
  return `${prolog}<methodResponse>\n${param}</methodResponse>\n`;
}

/** A methodResponse with a fault. */
export function encodeFault(fault: { readonly code: number; readonly text: string }): string {
  const struct = { faultCode: fault.code, faultString: fault.text };
  const value = encodeValue(struct, plainString, 0);
  return `${prolog}<methodResponse>\n<fault>\n${value}</fault>\n</methodResponse>\n`;
}

/**
 * A methodCall. A string that XML cannot carry (control characters, carriage returns) goes as
 * base64, which supervisord takes for a string.
 */
export function encodeRequest(methodName: string, params: readonly RpcValue[]): string {
  const list = params.map((value) => `<param>\n${encodeValue(value, safeString, 0)}</param>\n`);
  const name = `<methodName>${escapeText(methodName)}</methodName>\n`;
  return `${prolog}<methodCall>\n${name}<params>\n${list.join('')}</params>\n</methodCall>\n`;
}

function encodeValue(value: RpcValue, string: StringForm, level: number): string {
  return `<value>${encodeContent(value, string, level)}</value>\n`;
}

function encodeContent(value: RpcValue, string: StringForm, level: number): string {
  if (typeof value === 'string') return string(value);
  if (typeof value === 'boolean') return `<boolean>${value ? 1 : 0}</boolean>`;
  if (typeof value === 'bigint') return encodeInt(value);
  if (typeof value !== 'number') return encodeComposite(value, string, level + 1);
  return Number.isInteger(value) ? encodeInt(value) : encodeDouble(value);
}

function encodeInt(value: number | bigint): string {
  if (value > maxInt || value < minInt) throw new UnencodableError(`${value} is over 32 bits`);
  // Through BigInt: -0 is written as 0.
  return `<int>${BigInt(value)}</int>`;
}

const encodeDouble = (value: number): string => `<double>${floatText(value)}</double>`;

type Composite = Exclude<RpcValue, string | boolean | number | bigint>;

function encodeComposite(value: Composite, string: StringForm, level: number): string {
  if (value instanceof Double) return encodeDouble(value.value);
  if (value instanceof DateTime) {
    return `<dateTime.iso8601>${formatDateTime(value)}</dateTime.iso8601>`;
  }
  // By its tag: null, undefined, functions, maps and promises must not pass for structs.
  const tag = Object.prototype.toString.call(value);
  if (value === null || (tag !== '[object Array]' && tag !== '[object Object]')) {
    throw new UnencodableError(`cannot send ${tag.slice(8, -1).toLowerCase()} over XML-RPC`);
  }
  if (level > maxLevels) throw new UnencodableError(`nested deeper than ${maxLevels} levels`);
  if (isList(value)) {
    const items = value.map((item) => encodeValue(item, string, level));
    return `<array><data>\n${items.join('')}</data></array>`;
  }
  const members = Object.entries(value).map(
    ([name, member]) =>
      `<member>\n<name>${escapeText(name)}</name>\n${encodeValue(member, string, level)}</member>\n`,
  );
  return `<struct>\n${members.join('')}</struct>`;
}

const plainString: StringForm = (text) => `<string>${escapeText(text)}</string>`;

const safeString: StringForm = (text) =>
  // oxlint-disable-next-line no-control-regex
  /[\0-\x08\x0b-\x1f\ufffe\uffff]/.test(text)
    ? `<base64>${Buffer.from(text).toString('base64')}</base64>`
    : plainString(text);

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
