import { expect, test } from '@jest/globals';

import { StayAwake } from '../../src/kernel/stay-awake.ts';

/** Time, and the turns of an event loop, by hand. */
function setUp() {
  let now = 0;
  let due: (() => void)[] = [];
  const awake = new StayAwake({ monotonic: () => now }, (run) => due.push(run));
  return {
    awake,
    turn: (ms: number): number => {
      now += ms;
      const running = due;
      due = [];
      for (const run of running) run();
      return due.length;
    },
  };
}

test('the event loop stays awake for a moment, and sleeps then', () => {
  const { awake, turn } = setUp();
  awake.awhile();
  expect(turn(0.05)).toBe(1);
  expect(turn(0.06)).toBe(0);
  awake.awhile();
  expect(turn(0.01)).toBe(1);
});

test('whoever asks again meanwhile prolongs it, and takes no turn more', () => {
  const { awake, turn } = setUp();
  awake.awhile();
  expect(turn(0.09)).toBe(1);
  awake.awhile();
  expect(turn(0.09)).toBe(1);
  expect(turn(0.02)).toBe(0);
});
