/** Documents made at random, the same ones each time. */
import { expect, test } from '@jest/globals';

import { decodeRequest, decodeResponse } from '@tsvisor/rpc';

type Random = (below: number) => number;

/** mulberry32: small, and good enough to wander. */
function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const tags = [
  'value',
  'value',
  'value',
  'int',
  'i4',
  'i8',
  'boolean',
  'string',
  'double',
  'base64',
  'dateTime.iso8601',
  'array',
  'data',
  'struct',
  'member',
  'name',
  'param',
  'params',
  'fault',
  'methodName',
  'methodCall',
  'methodResponse',
  'nil',
  'x:y',
  '__proto__',
  'constructor',
];
const texts = [
  '',
  '1',
  ' 1 ',
  '-5',
  '1.5',
  'nan',
  'abc',
  'aGk=',
  'aGk',
  '=',
  '20240102T03:04:05',
  '&lt;',
  '&bad;',
  '&#0;',
  '&#x110000;',
  '\r\n',
  '\u00e9',
  '\u0001',
  '\ufffe',
  '\ud800',
  ']]>',
  '<!--c-->',
  '<!--',
  '<![CDATA[x',
  '<![CDATA[<x>]]>',
  '<?p q?>',
  '<!DOCTYPE a>',
  '<',
  '>',
  '&',
  '__proto__',
  '9'.repeat(40),
  'faultCode',
  'faultString',
  '\u0000\ufdd0',
];
const attributes = [
  '',
  '',
  '',
  '',
  ' a="1"',
  ' a=1',
  ' a="<"',
  ' xmlns="u"',
  ' xmlns:x="v"',
  ' xmlns:__proto__="w"',
];
const pick = (random: Random, from: readonly string[]): string => from[random(from.length)] ?? '';

function element(random: Random, depth: number): string {
  const tag = pick(random, tags);
  const children = depth <= 0 || random(3) === 0 ? 0 : 1 + random(3);
  let inner = children === 0 ? pick(random, texts) : '';
  for (let child = 0; child < children; child += 1) {
    inner += (random(6) === 0 ? pick(random, texts) : '') + element(random, depth - 1);
  }
  return `<${tag}${pick(random, attributes)}>${inner}${random(60) === 0 ? '' : `</${tag}>`}`;
}

/** A document, sometimes with a piece cut out or doubled. */
function document(random: Random): string {
  const whole = `<a><methodName>${pick(random, ['m', 'm', ''])}</methodName><params>${element(random, 5)}</params></a>`;
  const [from, to] = [random(whole.length), random(whole.length)];
  return random(4) === 0 ? whole.slice(0, from) + whole.slice(to) : whole;
}

function outcome(decode: () => unknown): string {
  try {
    decode();
    return 'decoded';
  } catch (error) {
    return (error as Error).name;
  }
}

const random = seeded(20_240_102);
const documents = Array.from({ length: 1000 }, () => document(random));

test('whatever comes is a request, or one of the two errors', () => {
  const outcomes = documents.map((text) => outcome(() => decodeRequest(text)));
  expect(new Set(outcomes)).toEqual(
    new Set(['decoded', 'UnmarshallableError', 'NoMethodNameError']),
  );
});

test('whatever comes is a response, or an error', () => {
  const outcomes = documents.map((text) => outcome(() => decodeResponse(text)));
  for (const found of new Set(outcomes)) {
    expect(['decoded', 'Fault', 'UnmarshallableError']).toContain(found);
  }
});

test('bytes at random are refused', () => {
  for (let round = 0; round < 200; round += 1) {
    const bytes = Uint8Array.from({ length: 1 + random(64) }, () => random(256));
    expect(outcome(() => decodeRequest(bytes))).toBe('UnmarshallableError');
  }
});

test('a request that ends early is never a request', () => {
  const text = `<?xml version='1.0'?>\n<methodCall><methodName>m\u00e9</methodName><params><param><value><struct><member><name>a</name><value><int>1</int></value></member></struct></value></param></params></methodCall>`;
  const bytes = Buffer.from(text);
  expect(decodeRequest(bytes).methodName).toBe('m\u00e9');
  for (let end = 0; end < bytes.length; end += 1) {
    expect(outcome(() => decodeRequest(bytes.subarray(0, end)))).toBe('UnmarshallableError');
  }
});
