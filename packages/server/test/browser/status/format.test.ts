import { expect, test } from '@jest/globals';

import { formatBytes, formatCpu, formatUptime } from '../../../browser/status/format.ts';

test.each([
  [0, '0:00:00'],
  [7.9, '0:00:07'],
  [3661, '1:01:01'],
  [86_400, '1 day, 0:00:00'],
  [200_000, '2 days, 7:33:20'],
  [-1, '0:00:00'],
])('an uptime of %d s is %s', (seconds, text) => {
  expect(formatUptime(seconds)).toBe(text);
});

test.each([
  [null, '\u2013'],
  [0, '0.0%'],
  [9.96, '10.0%'],
  [42.4, '42%'],
  [250, '250%'],
])('%p percent of a core is %s', (percent, text) => {
  expect(formatCpu(percent)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1023, '1.0 KiB'],
  [1_782_579, '1.7 MiB'],
  [50_000_000, '48 MiB'],
  [2 ** 40 * 3, '3.0 TiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
