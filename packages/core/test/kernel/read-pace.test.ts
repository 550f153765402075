import { expect, test } from '@jest/globals';

import { ReadPace } from '../../src/kernel/read-pace.ts';

const CAPACITY = 256 * 1024;

test('a writer that writes seldom is read when it writes', () => {
  const pace = new ReadPace();
  expect([0, 50, 100, 150].map((now) => pace.woken(100, now))).toEqual(Array(4).fill(undefined));
});

test('a writer of large pieces is read as it writes, however quick', () => {
  const pace = new ReadPace();
  expect([0, 1, 2].map((now) => pace.woken(65_536, now))).toEqual(Array(3).fill(undefined));
});

test('a writer that writes little and often is left alone for a moment, longer the less it wrote', () => {
  const pace = new ReadPace();
  expect(pace.woken(100, 0)).toBe(undefined);
  expect(pace.woken(100, 1)).toBe(1);
  expect(pace.paused(CAPACITY / 8, CAPACITY, 2)).toBe(2);
  expect(pace.paused(CAPACITY / 3, CAPACITY, 4)).toBe(2);
  expect(pace.paused(1000, CAPACITY, 6)).toBe(20);
  expect(pace.paused(1000, CAPACITY, 26)).toBe(20);
});

test('pauses get shorter before the pipe is full', () => {
  const pace = new ReadPace();
  pace.woken(100, 0);
  pace.woken(100, 1);
  pace.paused(1000, CAPACITY, 2);
  expect([22, 32, 37, 40, 41].map((now) => pace.paused(CAPACITY * 0.6, CAPACITY, now))).toEqual([
    10, 5, 2.5, 1.25, 1,
  ]);
  expect(pace.paused(CAPACITY * 0.6, CAPACITY, 42)).toBe(undefined);
});

test('a writer that fell silent is read when it writes again', () => {
  const pace = new ReadPace();
  pace.woken(100, 0);
  pace.woken(100, 1);
  expect(pace.paused(0, CAPACITY, 2)).toBe(20);
  expect(pace.paused(0, CAPACITY, 22)).toBe(undefined);
  expect(pace.woken(100, 500)).toBe(undefined);
});
