import { expect, test } from '@jest/globals';

import { trendOf } from './memory.ts';

const samples = (mebibytes: (seconds: number) => number) =>
  Array.from({ length: 600 }, (_, seconds) => ({ seconds, mebibytes: mebibytes(seconds) }));

test('garbage that comes and goes is no growth', () => {
  const trend = trendOf(samples((seconds) => 20 + (seconds % 17)));
  expect(Math.abs(trend?.grownMiB ?? NaN)).toBeLessThan(0.5);
});

test('what grows until the warm-up is over does not count', () => {
  const trend = trendOf(samples((seconds) => 20 + Math.min(seconds, 150)));
  expect(Math.abs(trend?.grownMiB ?? NaN)).toBeLessThan(0.5);
});

test('a leak under the garbage is seen', () => {
  const trend = trendOf(samples((seconds) => 20 + (seconds % 17) + seconds * 0.02));
  expect(trend?.grownMiB).toBeGreaterThan(7);
});
