import { expect, test } from '@jest/globals';

import { DateTime, Double, Fault, pythonInt, pythonTruth, ValueError } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

test.each<[RpcValue, number | bigint]>([
  [5, 5],
  ['10', 10],
  [' -1_0 ', -10],
  [true, 1],
  [new Double(1.9), 1],
  [-1.9, -1],
  [new Double(1e20), 100000000000000000000n],
])('int(%p)', (value, expected) => {
  expect(pythonInt(value)).toBe(expected);
});

test('a text that is no integer is a bad value, and says which', () => {
  expect(() => pythonInt("a'b")).toThrow(
    new ValueError(`invalid literal for int() with base 10: "a'b"`),
  );
  expect(() => pythonInt(new Double(Infinity))).toThrow(ValueError);
});

test.each<[RpcValue]>([[null], [[]], [{}], [new DateTime([2024, 1, 2, 3, 4, 5])]])(
  '%p is of no type for an integer',
  (value) => {
    expect(() => pythonInt(value)).toThrow(new Fault(2, 'INCORRECT_PARAMETERS'));
  },
);

test.each<[RpcValue, boolean]>([
  ['no', true],
  ['', false],
  [0, false],
  [new Double(0), false],
  [new Double(0.5), true],
  [null, false],
  [[], false],
  [[0], true],
  [{}, false],
  [{ a: 0 }, true],
  [new DateTime([1, 1, 1, 0, 0, 0]), true],
])('the truth of %p', (value, expected) => {
  expect(pythonTruth(value)).toBe(expected);
});
