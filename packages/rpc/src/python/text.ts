/** `str()` and `repr()` of values: fault details and log lines show what Python would show. */
import { DateTime, Double, isList } from '../values.ts';
import type { RpcValue } from '../values.ts';
import { floatText } from './numbers.ts';

/** Python's `str(value)`: text as it is, everything else as `pythonRepr`. */
export function pythonStr(value: RpcValue): string {
  if (typeof value === 'string') return value;
  return value instanceof DateTime ? dateTimeText(value) : pythonRepr(value);
}

/** Python's `repr(value)`. */
export function pythonRepr(value: RpcValue): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'object') return compositeRepr(value);
  return Number.isInteger(value) ? String(BigInt(value)) : floatText(value);
}

function compositeRepr(
  value: Exclude<RpcValue, string | number | bigint | boolean | null>,
): string {
  if (value instanceof Double) return floatText(value.value);
  if (value instanceof DateTime) return dateTimeRepr(value);
  if (isList(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${quoted(name)}: ${pythonRepr(member)}`,
  );
  return `{${members.join(', ')}}`;
}

function dateTimeText(moment: DateTime): string {
  const two = (field: number): string => String(field).padStart(2, '0');
  const date = `${String(moment.year).padStart(4, '0')}-${two(moment.month)}-${two(moment.day)}`;
  return `${date} ${two(moment.hour)}:${two(moment.minute)}:${two(moment.second)}`;
}

function dateTimeRepr(moment: DateTime): string {
  const fields = [moment.year, moment.month, moment.day, moment.hour, moment.minute];
  if (moment.second !== 0) fields.push(moment.second);
  return `datetime.datetime(${fields.join(', ')})`;
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Single quotes, unless the text has some and no double ones. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // What Python does not call printable: control, format, unassigned, and separators but the space.
  const escaped = text.replaceAll(/[\\\p{C}\p{Z}'"]/gu, (character) => {
    if (character === ' ') return character;
    if (character === "'" || character === '"')
      return character === quote ? `\\${quote}` : character;
    return shortEscapes.get(character) ?? hexEscape(character);
  });
  return quote + escaped + quote;
}

function hexEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
