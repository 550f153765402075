import { expect, test } from '@jest/globals';

import { DateTime, Double, pythonRepr, pythonStr } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { floatText } from '../../src/python/numbers.ts';

/** Each pair as CPython 3.11 prints it. */
test.each<[RpcValue, string]>([
  ['plain', "'plain'"],
  ["it's", `"it's"`],
  [`"a" isn't`, `'"a" isn\\'t'`],
  ['a\\b\n\r\t', "'a\\\\b\\n\\r\\t'"],
  ['\u0000\u001b\u007f', "'\\x00\\x1b\\x7f'"],
  ['\u00e9\u00a0\u00ad', "'\u00e9\\xa0\\xad'"],
  ['\u200b\u2028\ue000\ufdd0', "'\\u200b\\u2028\\ue000\\ufdd0'"],
  ['\u{1F600}\u{10FFFF}', "'\u{1F600}\\U0010ffff'"],
  [true, 'True'],
  [false, 'False'],
  [null, 'None'],
  [5, '5'],
  [-0, '0'],
  [10n ** 20n, '100000000000000000000'],
  [1.5, '1.5'],
  [new Double(1), '1.0'],
  [[], '[]'],
  [['a', 1, [null]], "['a', 1, [None]]"],
  [{}, '{}'],
  [{ a: 1, 'b c': ['x'] }, "{'a': 1, 'b c': ['x']}"],
  [new DateTime([2024, 1, 2, 3, 4, 5]), 'datetime.datetime(2024, 1, 2, 3, 4, 5)'],
  [new DateTime([2024, 1, 2, 3, 4, 0]), 'datetime.datetime(2024, 1, 2, 3, 4)'],
])('repr(%p)', (value, expected) => {
  expect(pythonRepr(value)).toBe(expected);
});

test('str() shows text and dates plainly, and what is inside others as repr() does', () => {
  expect(pythonStr("it's")).toBe("it's");
  expect(pythonStr(new DateTime([2024, 1, 2, 3, 4, 5]))).toBe('2024-01-02 03:04:05');
  expect(pythonStr(["it's"])).toBe(`["it's"]`);
  expect(pythonStr(true)).toBe('True');
});

test.each<[number, string]>([
  [1, '1.0'],
  [-0, '-0.0'],
  [0.1, '0.1'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [123456789012345680, '1.2345678901234568e+17'],
  [1e22, '1e+22'],
  [1e100, '1e+100'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [1.5e-7, '1.5e-07'],
  [5e-324, '5e-324'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
  [NaN, 'nan'],
])('the float %p', (value, expected) => {
  expect(floatText(value)).toBe(expected);
});
