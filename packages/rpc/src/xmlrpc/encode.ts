/** Values to documents, byte for byte as Python's xmlrpc.client writes them (rpc.md §6). */
import { floatText } from '../python/numbers.ts';
import { DateTime, Double, isList } from '../values.ts';
import type { RpcValue } from '../values.ts';
import { formatDateTime } from './date-time.ts';
import { UnencodableError } from './errors.ts';

const prolog = "<?xml version='1.0'?>\n";
/** A larger integer has no form on the wire; supervisord fails on it. */
export const maxInt = 2 ** 31 - 1;
const minInt = -(2 ** 31);
/** More levels than any caller has use for; a value that contains itself ends here. */
const maxLevels = 200;

/** How a string is written: the one thing in which requests differ from responses. */
type StringForm = (text: string) => string;
/** Takes a document piece by piece. */
type Write = (text: string) => void;

/**
 * A methodResponse with one value. Control characters are written as they are, as supervisord does.
 *
 * @throws {UnencodableError} for null, integers over 32 bits and whatever is no RpcValue.
 */
export const encodeResponse = (value: RpcValue): string =>
  textOf((write) => writeResponse(value, write));

/** The same as UTF-8; a long one is never a text as a whole. */
export const encodeResponseBody = (value: RpcValue): Buffer =>
  bytesOf((write) => writeResponse(value, write));

function writeResponse(value: RpcValue, write: Write): void {
  write(`${prolog}<methodResponse>\n<params>\n<param>\n`);
  writeValue(value, write, plainString, 0);
  write('</param>\n</params>\n</methodResponse>\n');
}

/** A methodResponse with a fault. */
export function encodeFault(fault: { readonly code: number; readonly text: string }): string {
  const struct = { faultCode: fault.code, faultString: fault.text };
  const value = textOf((write) => writeValue(struct, write, plainString, 0));
  return `${prolog}<methodResponse>\n<fault>\n${value}</fault>\n</methodResponse>\n`;
}

/**
 * A methodCall. A string that XML cannot carry (control characters, carriage returns) goes as
 * base64, which supervisord takes for a string.
 */
export const encodeRequest = (methodName: string, params: readonly RpcValue[]): string =>
  textOf((write) => {
    const name = escapeText(methodName);
    write(`${prolog}<methodCall>\n<methodName>${name}</methodName>\n<params>\n`);
    for (const value of params) {
      write('<param>\n');
      writeValue(value, write, safeString, 0);
      write('</param>\n');
    }
    write('</params>\n</methodCall>\n');
  });

function writeValue(value: RpcValue, write: Write, string: StringForm, level: number): void {
  const scalar = scalarText(value, string);
  if (scalar !== undefined) {
    write(`<value>${scalar}</value>\n`);
    return;
  }
  write('<value>');
  writeComposite(value as Composite, write, string, level + 1);
  write('</value>\n');
}

/** Undefined: it is no scalar. */
function scalarText(value: RpcValue, string: StringForm): string | undefined {
  if (typeof value === 'string') return string(value);
  if (typeof value === 'boolean') return `<boolean>${value ? 1 : 0}</boolean>`;
  if (typeof value === 'bigint') return encodeInt(value);
  if (typeof value === 'number') {
    return Number.isInteger(value) ? encodeInt(value) : encodeDouble(value);
  }
  if (value instanceof Double) return encodeDouble(value.value);
  if (value instanceof DateTime) {
    return `<dateTime.iso8601>${formatDateTime(value)}</dateTime.iso8601>`;
  }
  return undefined;
}

function encodeInt(value: number | bigint): string {
  if (value > maxInt || value < minInt) throw new UnencodableError(`${value} is over 32 bits`);
  // -0 is written as 0, which it is as text.
  return `<int>${value}</int>`;
}

const encodeDouble = (value: number): string => `<double>${floatText(value)}</double>`;

type Composite = Exclude<RpcValue, string | boolean | number | bigint | Double | DateTime>;

function writeComposite(value: Composite, write: Write, string: StringForm, level: number): void {
  // By its tag: null, undefined, functions, maps and promises must not pass for structs.
  const tag = Object.prototype.toString.call(value);
  if (value === null || (tag !== '[object Array]' && tag !== '[object Object]')) {
    throw new UnencodableError(`cannot send ${tag.slice(8, -1).toLowerCase()} over XML-RPC`);
  }
  if (level > maxLevels) throw new UnencodableError(`nested deeper than ${maxLevels} levels`);
  if (isList(value)) {
    write('<array><data>\n');
    for (const item of value) writeValue(item, write, string, level);
    write('</data></array>');
    return;
  }
  write('<struct>\n');
  for (const name of Object.keys(value)) {
    write(`<member>\n<name>${escapeText(name)}</name>\n`);
    writeValue(value[name] as RpcValue, write, string, level);
    write('</member>\n');
  }
  write('</struct>');
}

const plainString: StringForm = (text) => `<string>${escapeText(text)}</string>`;

const safeString: StringForm = (text) =>
  // oxlint-disable-next-line no-control-regex
  /[\0-\x08\x0b-\x1f\ufffe\uffff]/.test(text)
    ? `<base64>${Buffer.from(text).toString('base64')}</base64>`
    : plainString(text);

function escapeText(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function textOf(document: (write: Write) => void): string {
  let text = '';
  document((piece) => void (text += piece));
  return text;
}

/** Long enough to be few, short enough to be garbage before it is ever moved. */
const PIECE_LENGTH = 16_384;

function bytesOf(document: (write: Write) => void): Buffer {
  const pieces: Buffer[] = [];
  let text = '';
  document((piece) => {
    text += piece;
    if (text.length < PIECE_LENGTH) return;
    pieces.push(Buffer.from(text));
    text = '';
  });
  pieces.push(Buffer.from(text));
  return Buffer.concat(pieces);
}
