import { expect, test } from '@jest/globals';

import { RestartPace } from '../../src/watch/restart-pace.ts';

test('five restarts in a row need not wait, those after them longer and longer', () => {
  const pace = new RestartPace();
  const waits: number[] = [];
  let now = 0;
  for (let times = 0; times < 13; times++) {
    const changed = now + 100;
    now = changed + pace.waitMs(changed);
    waits.push(now - changed);
    pace.restarted(now, changed);
  }
  expect(waits.map((ms) => Math.ceil(ms / 1000))).toEqual([
    0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300,
  ]);
  expect(pace.inARow).toBe(13);
});

test('a change that comes later begins a new row', () => {
  const pace = new RestartPace();
  for (let times = 0; times < 6; times++) pace.restarted(times, times);
  expect(pace.waitMs(5)).toBe(10_000);
  pace.restarted(20_000, 19_000);
  expect(pace.inARow).toBe(1);
  expect(pace.waitMs(20_000)).toBe(0);
});
