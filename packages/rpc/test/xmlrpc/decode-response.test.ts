import { describe, expect, test } from '@jest/globals';

import {
  decodeResponse,
  encodeFault,
  encodeResponse,
  fault,
  Fault,
  UnmarshallableError,
} from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

const response = (value: string): string =>
  `<methodResponse><params><param><value>${value}</value></param></params></methodResponse>`;

test.each<[string, RpcValue]>([
  ['text', 'a\u00e9 <&> b'],
  ['a number', -5],
  ['a fraction', 1.25],
  ['a truth', true],
  [
    'a list of structs',
    [
      { name: 'a', pid: 1 },
      { name: 'b', pid: 0 },
    ],
  ],
  ['an empty list', []],
])('%s comes back as it was sent', (_, value) => {
  expect(decodeResponse(encodeResponse(value))).toEqual(value);
  expect(decodeResponse(Buffer.from(encodeResponse(value)))).toEqual(value);
});

test('every byte of log text comes back, though the document is not XML', () => {
  const log = `\u001b[31mred\u001b[0m\r\nbell\u0007 nul\u0000 tab\t del\u007f`;
  expect(decodeResponse(encodeResponse([log, { '': log }]))).toEqual([log, { '': log }]);
});

test('a log with noncharacters never turns into control characters', () => {
  expect(decodeResponse(encodeResponse('\ufdd0'))).toBe('\ufdd0');
  expect(decodeResponse(encodeResponse('\ufdd0\u0001'))).toBe('\ufffd\u0001');
  expect(decodeResponse(encodeResponse('\ufffe\uffff'))).toBe('\ufffd\ufffd');
});

test('bytes that are not UTF-8 become replacement characters', () => {
  const bytes = Buffer.from(encodeResponse('a\u00e9b'), 'latin1');
  expect(decodeResponse(bytes)).toBe('a\ufffdb');
});

test.each<[string, RpcValue]>([
  ['<i8>5</i8>', 5],
  ['<i8>9007199254740993</i8>', 9007199254740993n],
  ['<double>2.0</double>', 2],
  ['<nil/>', null],
  ['bare', 'bare'],
])('other servers: %s', (content, value) => {
  expect(decodeResponse(response(content))).toEqual(value);
});

describe('faults', () => {
  test('are thrown with their code and text', () => {
    const sent = fault('SPAWN_ERROR', 'web');
    let thrown: unknown;
    try {
      decodeResponse(encodeFault(sent));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Fault);
    expect(thrown).toMatchObject({
      code: 50,
      text: 'SPAWN_ERROR: web',
      message: 'SPAWN_ERROR: web',
    });
  });

  test('keep a text of their own', () => {
    expect(() => decodeResponse(encodeFault({ code: 4711, text: 'my \u0001 own' }))).toThrow(
      expect.objectContaining({ code: 4711, text: 'my \u0001 own' }),
    );
  });
});

test.each([
  ['nothing', ''],
  ['a page', '<html><body>hello</body></html>'],
  ['no value', '<methodResponse><params/></methodResponse>'],
  ['two values', '<methodResponse><params><value/><value/></params></methodResponse>'],
  ['a fault without a code', '<methodResponse><fault><value/></fault></methodResponse>'],
  ['an empty fault', '<methodResponse><fault/></methodResponse>'],
  ['a control character outside strings', '<methodResponse>\u0001</methodResponse>'],
  ['a DOCTYPE', `<!DOCTYPE a>${response('<int>1</int>')}`],
])('%s is no response', (_, text) => {
  expect(() => decodeResponse(text)).toThrow(UnmarshallableError);
});

test('a response that ends early is never a response', () => {
  const whole = Buffer.from(encodeResponse([{ name: '\u00e9\u0001', list: [1, true] }]));
  const lastNeeded = whole.lastIndexOf('>') + 1;
  for (let end = 0; end < lastNeeded; end += 1) {
    expect(() => decodeResponse(whole.subarray(0, end))).toThrow(UnmarshallableError);
  }
});

test('a thousand processes decode in the time of a blink', () => {
  const info = (number: number): RpcValue => ({
    name: `program_${number}`,
    group: `group_${number}`,
    start: 1_700_000_000,
    stop: 0,
    now: 1_700_000_100,
    state: 20,
    statename: 'RUNNING',
    spawnerr: '',
    exitstatus: 0,
    logfile: '/tmp/a.log',
    stdout_logfile: '/tmp/a.log',
    stderr_logfile: '',
    pid: number,
    description: 'pid 1234, uptime 0:01:40',
  });
  const list = Array.from({ length: 1000 }, (_, number) => info(number));
  const bytes = Buffer.from(encodeResponse(list));
  const before = performance.now();
  expect(decodeResponse(bytes)).toEqual(list);
  // 30 to 60 ms for 1.1 MB where it was measured; the bound only catches what is not linear.
  expect(performance.now() - before).toBeLessThan(5000);
});
