import { expect, test } from '@jest/globals';

import { EventBus } from '@tsvisor/core';
import { FakeClock } from '@tsvisor/core/testing';

import { giveBackWhenQuiet } from '../src/quiet-memory.ts';

test('free memory is given back after what came to pass, again if more did, and then nothing is due', () => {
  const events = new EventBus(() => undefined);
  const clock = new FakeClock();
  let times = 0;
  const asked = giveBackWhenQuiet({ events }, clock, () => (times += 1));
  const process = { name: 'web', group: 'web' };
  const emit = (): void =>
    events.emit({ type: 'PROCESS_STATE_RUNNING', process, from: 'STARTING', pid: 1 });
  emit();
  clock.advance(60_000);
  expect(times).toBe(1);
  for (let count = 0; count < 1000; count++) emit();
  clock.advance(60_000);
  expect(times).toBe(3);
  asked();
  clock.advance(60_000);
  expect(times).toBe(4);
  expect(clock.pending).toBe(0);
});
