import { expect, test } from '@jest/globals';

import { EventBus } from '@tsvisor/core';
import { FakeClock } from '@tsvisor/core/testing';

import { giveBackWhenQuiet } from '../src/quiet-memory.ts';

test('free memory is given back once for all that came to pass, and then nothing is due', () => {
  const events = new EventBus(() => undefined);
  const clock = new FakeClock();
  let times = 0;
  giveBackWhenQuiet({ events }, clock, () => (times += 1));
  const process = { name: 'web', group: 'web' };
  const emit = (): void =>
    events.emit({ type: 'PROCESS_STATE_RUNNING', process, from: 'STARTING', pid: 1 });
  emit();
  emit();
  clock.advance(60_000);
  expect(times).toBe(1);
  emit();
  clock.advance(60_000);
  expect(times).toBe(2);
});
