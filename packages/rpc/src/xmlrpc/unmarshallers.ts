/** What each element name stands for, in requests (rpc.md §5) and in responses. */
import { parseFloatText, parseInteger } from '../python/numbers.ts';
import { Double } from '../values.ts';
import type { RpcStruct, RpcValue } from '../values.ts';
import { decodeBase64Text } from './base64.ts';
import { parseDateTime } from './date-time.ts';
import { UnmarshallableError } from './errors.ts';
import type { Element, Unmarshallers } from './tree.ts';

const composites: Unmarshallers = new Map([
  ['value', (element) => element.children[0]?.value ?? bareText(element)],
  ['array', onlyChild],
  ['data', (element) => element.children.map((child) => child.value)],
  ['struct', struct],
  ['param', onlyChild],
]);

/**
 * A request, as supervisord reads one: `<i8>` and other unknown names are text, only the text `1`
 * is true, and base64 holds text.
 */
export const requestUnmarshallers: Unmarshallers = new Map([
  ...composites,
  ['int', integer],
  ['i4', integer],
  ['boolean', (element) => element.text === '1'],
  ['string', (element) => element.text ?? ''],
  ['double', (element) => new Double(float(element))],
  ['dateTime.iso8601', (element) => parseDateTime(textOf(element))],
  ['base64', (element) => decodeBase64Text(element.text ?? '')],
]);

/** A response: any integer type of any server, and doubles as plain numbers. */
export const responseUnmarshallers: Unmarshallers = new Map([
  ...requestUnmarshallers,
  ['i1', integer],
  ['i2', integer],
  ['i8', integer],
  ['double', float],
  ['nil', () => null],
]);

/** A `<value>` without a child is text; a first child that stands for null stays null. */
function bareText(element: Element): RpcValue {
  return element.children.length > 0 ? null : (element.text ?? '');
}

function onlyChild(element: Element): RpcValue {
  const child = element.children[0];
  if (!child) throw new UnmarshallableError(`<${element.name}> is empty`);
  return child.value;
}

/** Null prototype: a member may be called `__proto__` or `constructor`. */
function struct(element: Element): RpcStruct {
  const members = Object.create(null) as Record<string, RpcValue>;
  for (const { children } of element.children) {
    const [name, value] = children;
    if (!name || !value || children.length !== 2) {
      throw new UnmarshallableError('a struct member that is not a name and a value');
    }
    if (name.value !== null && typeof name.value !== 'string') {
      throw new UnmarshallableError('a struct member whose name is not text');
    }
    members[name.value ?? ''] = value.value;
  }
  return members;
}

function integer(element: Element): number | bigint {
  const parsed = parseInteger(textOf(element));
  if (parsed === undefined) throw new UnmarshallableError(`<${element.name}> holds no integer`);
  return parsed;
}

function float(element: Element): number {
  const parsed = parseFloatText(textOf(element));
  if (parsed === undefined) throw new UnmarshallableError(`<${element.name}> holds no number`);
  return parsed;
}

function textOf(element: Element): string {
  if (element.text === null) throw new UnmarshallableError(`<${element.name}> is empty`);
  return element.text;
}
