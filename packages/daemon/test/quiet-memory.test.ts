import { expect, test } from '@jest/globals';

import { EventBus } from '@tsvisor/core';
import { FakeClock } from '@tsvisor/core/testing';

import { giveBackWhenQuiet } from '../src/quiet-memory.ts';

test('free memory is given back after what came to pass, again if more did, until all is quiet', () => {
  const events = new EventBus(() => undefined);
  const clock = new FakeClock();
  const given: string[] = [];
  const asked = giveBackWhenQuiet({ events }, clock, (quiet) => {
    given.push(quiet ? 'quiet' : 'busy');
  });
  const process = { name: 'web', group: 'web' };
  const emit = (): void =>
    events.emit({ type: 'PROCESS_STATE_RUNNING', process, from: 'STARTING', pid: 1 });
  emit();
  clock.advance(60_000);
  expect(given.splice(0)).toEqual(['quiet']);
  for (let count = 0; count < 1000; count++) emit();
  clock.advance(60_000);
  expect(given.splice(0)).toEqual(['busy', 'quiet']);
  asked();
  clock.advance(60_000);
  expect(given).toEqual(['quiet']);
  expect(clock.pending).toBe(0);
});
