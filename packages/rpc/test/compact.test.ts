import { expect, test } from '@jest/globals';

import { decodeCompact, encodeCompact } from '../src/compact.ts';
import { DateTime, Double } from '../src/values.ts';
import type { RpcValue } from '../src/values.ts';

test.each<[RpcValue]>([
  [[]],
  [{}],
  [[{ name: 'web', pid: 42, ok: true, list: ['a', 'lines\nand\ttabs', 'é ☃ \\'] }]],
  [Object.fromEntries([['__proto__', 2 ** 31 - 1]])],
])('what XML-RPC would bring unchanged comes so: %j', (value) => {
  expect(decodeCompact(encodeCompact(value) ?? Buffer.alloc(0))).toEqual(value);
});

test.each<[string, RpcValue]>([
  ['a text alone', 'text'],
  ['a carriage return, which XML makes a line feed', ['a\r\nb']],
  ['a control character', ['\x1b[1m']],
  ['NUL', [{ text: '\0' }]],
  ['a fraction', [1.5]],
  ['an integer over 32 bits', [2 ** 31]],
  ['a bigint', [10n]],
  ['a double', [new Double(1)]],
  ['a time', [new DateTime([2026, 11, 24, 0, 0, 0])]],
  ['nothing', [null]],
])('%s has to be XML', (_what, value) => {
  expect(encodeCompact(value)).toBeUndefined();
});
