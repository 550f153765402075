import { expect, test } from '@jest/globals';

import { Deque } from '../../src/events/deque.ts';

const drained = (deque: Deque<number>): (number | undefined)[] =>
  Array.from({ length: deque.length }, () => deque.takeFirst());

test('keeps the order at both ends while it grows and wraps', () => {
  const deque = new Deque<number>();
  const model: number[] = [];
  for (let n = 0; n < 1000; n++) {
    if (n % 3 === 0) {
      deque.pushFirst(n);
      model.unshift(n);
    } else {
      deque.pushLast(n);
      model.push(n);
    }
    const taken = n % 4 === 0 ? [deque.takeFirst(), model.shift()] : [];
    expect(taken[0]).toBe(taken[1]);
    expect(deque.length).toBe(model.length);
  }
  expect(drained(deque)).toEqual(model);
});

test('is empty to begin with, and after it was cleared', () => {
  const deque = new Deque<number>();
  expect(deque.takeFirst()).toBeUndefined();
  for (let n = 0; n < 20; n++) deque.pushLast(n);
  deque.clear();
  expect([deque.length, deque.takeFirst()]).toEqual([0, undefined]);
  deque.pushFirst(7);
  expect(drained(deque)).toEqual([7]);
});
