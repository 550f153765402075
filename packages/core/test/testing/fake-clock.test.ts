import { expect, test } from '@jest/globals';

import { FakeClock } from '../../src/testing/index.ts';

test('fires in due order, and of equals what was set first', () => {
  const clock = new FakeClock();
  const fired: string[] = [];
  clock.after(20, () => fired.push('late'));
  clock.after(10, () => fired.push('early'));
  clock.after(10, () => fired.push('early too'));
  clock.advance(9);
  expect(fired).toEqual([]);
  clock.advance(11);
  expect(fired).toEqual(['early', 'early too', 'late']);
  expect(clock.pending).toBe(0);
});

test('a timer may set and clear others while time passes', () => {
  const clock = new FakeClock(0);
  const fired: number[] = [];
  const again = (): void => {
    fired.push(clock.now());
    if (fired.length < 3) clock.after(10, again);
  };
  const never = clock.after(15, () => fired.push(-1));
  clock.after(10, () => {
    never();
    again();
  });
  clock.advance(100);
  expect(fired).toEqual([10, 20, 30]);
});

test('the wall clock may be set; durations know nothing of it', () => {
  const clock = new FakeClock(1000);
  let firedAt = 0;
  clock.after(50, () => (firedAt = clock.monotonic()));
  clock.setNow(-5000);
  clock.advance(60);
  expect(firedAt).toBe(50);
  expect([clock.now(), clock.monotonic()]).toEqual([-4940, 60]);
});
