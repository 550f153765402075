import { expect, test } from '@jest/globals';

import { decodeRequest, requestLimits } from '@tsvisor/rpc';

const request = (content: string): string => `<a><methodName>m</methodName>${content}</a>`;
const multicall = (calls: number): string =>
  `<a><methodName>system.multicall</methodName><params><value><array><data>${'<value/>'.repeat(calls)}</data></array></value></params></a>`;

test('a request may have so many bytes, and not one more', () => {
  const text = request('\u00e9');
  const maxBytes = Buffer.byteLength(text);
  expect(decodeRequest(text, { maxBytes }).methodName).toBe('m');
  expect(() => decodeRequest(text, { maxBytes: maxBytes - 1 })).toThrow(
    `the document has ${maxBytes} bytes; at most ${maxBytes - 1} are accepted`,
  );
});

test('a request may be so deep, and not one level deeper', () => {
  const text = request('<b><c/></b>');
  expect(decodeRequest(text, { maxDepth: 3 }).methodName).toBe('m');
  expect(() => decodeRequest(text, { maxDepth: 2 })).toThrow('more than 2 levels');
});

test('a request may have so many elements and attributes, and not one more', () => {
  const text = request('<b c="1" d="2"/>');
  expect(decodeRequest(text, { maxElements: 5 }).methodName).toBe('m');
  expect(() => decodeRequest(text, { maxElements: 4 })).toThrow('more than 4 elements');
});

test('a multicall may hold so many calls, and not one more', () => {
  expect(decodeRequest(multicall(3), { maxCalls: 3 }).params).toHaveLength(1);
  expect(() => decodeRequest(multicall(4), { maxCalls: 3 })).toThrow(
    'system.multicall with 4 calls; at most 3 are accepted',
  );
});

test('0 switches a limit off', () => {
  const off = { maxBytes: 0, maxDepth: 0, maxElements: 0, maxCalls: 0 };
  const deep = request('<b>'.repeat(5000) + '</b>'.repeat(5000));
  expect(decodeRequest(deep, off).methodName).toBe('m');
  expect(decodeRequest(multicall(requestLimits.maxCalls + 1), off).params).toHaveLength(1);
});

/** Documents that cost a careless reader time or memory out of proportion. */
const size = 1024 * 1024;
test.each<[string, string]>([
  [
    'entities of entities',
    `<!DOCTYPE a [<!ENTITY a "${'b'.repeat(60)}">${'<!ENTITY c "&a;&a;">'.repeat(size / 20)}]><a/>`,
  ],
  ['an endless DOCTYPE', `<!DOCTYPE a [${'<!'.repeat(size / 2)}`],
  ['an endless instruction', `<?p ${'?'.repeat(size)}`],
  ['an endless name', `<${'x'.repeat(size)}`],
  ['an endless entity name', `<a>&${'a'.repeat(size)};</a>`],
  ['endless depth', '<a>'.repeat(size / 3)],
  ['endless elements', `<a>${'<b/>'.repeat(size / 4)}`],
  [
    'endless attributes',
    `<a ${Array.from({ length: size / 8 }, (_, i) => `b${i}=""`).join(' ')}/>`,
  ],
  ['an endless integer', request(`<params><int>${'1'.repeat(size)}</int></params>`)],
  [
    'an endless integer with marks',
    request(`<params><int>${'1_'.repeat(size / 2)}</int></params>`),
  ],
  ['an endless double', request(`<params><double>${'1'.repeat(size)}x</double></params>`)],
  ['endless space in a double', request(`<params><double>1${' '.repeat(size)}x</double></params>`)],
  ['endless padding', request(`<params><base64>${'='.repeat(size)}x</base64></params>`)],
])('%s ends soon, with an error', (_, text) => {
  const before = performance.now();
  expect(() => decodeRequest(text)).toThrow(
    expect.objectContaining({
      name: expect.stringMatching(/^(Unmarshallable|NoMethodName)Error$/),
    }),
  );
  // A quadratic reader takes minutes for these; a linear one some 100 ms on a slow machine.
  expect(performance.now() - before).toBeLessThan(10_000);
});
