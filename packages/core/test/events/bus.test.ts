import { expect, test } from '@jest/globals';

import { EventBus } from '../../src/events/bus.ts';
import type { SupervisorEvent } from '../../src/events/types.ts';

const added = (group: string) => ({ type: 'PROCESS_GROUP_ADDED', group }) as const;
const tick = { type: 'TICK_5', when: 5 } as const;

const strictBus = (): EventBus =>
  new EventBus((error) => {
    throw error;
  });

test('a subscriber is told of the events that its names cover', () => {
  const bus = strictBus();
  const heard: SupervisorEvent[] = [];
  bus.subscribe(['PROCESS_GROUP', 'TICK_60'], (event) => void heard.push(event));
  bus.emit(added('web'));
  bus.emit(tick);
  expect(heard).toEqual([added('web')]);
});

test('a name that no event has is refused', async () => {
  const bus = strictBus();
  const misspelt = 'PROCESS_STATE_FATL' as 'PROCESS_STATE_FATAL';
  const text = 'BAD_ARGUMENTS: there is no event PROCESS_STATE_FATL';
  expect(() => bus.subscribe(['TICK_5', misspelt], () => undefined)).toThrow(text);
  expect(() => bus.stream(misspelt)).toThrow(text);
  await expect(bus.next(misspelt)).rejects.toThrow(text);
  expect(bus.wants('TICK_5')).toBe(false);
});

test('a subscriber to overlapping names is told once', () => {
  const bus = strictBus();
  let told = 0;
  bus.subscribe(['EVENT', 'TICK', 'TICK_5'], () => void told++);
  bus.emit(tick);
  expect(told).toBe(1);
});

test('subscribers are told in the order in which they subscribed, whatever they subscribed to', () => {
  const bus = strictBus();
  const told: number[] = [];
  bus.subscribe('TICK_5', () => void told.push(1));
  bus.subscribe('EVENT', () => void told.push(2));
  bus.subscribe('TICK', () => void told.push(3));
  bus.emit(tick);
  expect(told).toEqual([1, 2, 3]);
});

test('nothing is wanted before somebody subscribes and after the last has cancelled', () => {
  const bus = strictBus();
  expect(bus.wants('TICK_5')).toBe(false);
  const first = bus.subscribe('TICK', () => undefined);
  const second = bus.subscribe('TICK_5', () => undefined);
  first();
  first();
  expect([bus.wants('TICK_5'), bus.wants('TICK_60')]).toEqual([true, false]);
  second();
  expect(bus.wants('TICK_5')).toBe(false);
});

test('a subscriber that throws stops neither the others nor whoever emits', () => {
  const failures: unknown[] = [];
  const bus = new EventBus((error, event) => failures.push([(error as Error).message, event]));
  let told = 0;
  bus.subscribe('TICK', () => {
    throw new Error('no');
  });
  bus.subscribe('TICK', () => void told++);
  bus.emit(tick);
  expect(told).toBe(1);
  expect(failures).toEqual([['no', tick]]);
});

test('a subscriber whose promise is rejected is reported too', async () => {
  const failure = new Promise((resolve) => {
    const bus = new EventBus((error) => resolve((error as Error).message));
    bus.subscribe('TICK', async () => {
      await Promise.resolve();
      throw new Error('later');
    });
    bus.emit(tick);
  });
  expect(await failure).toBe('later');
});

test('a report that fails itself does no harm', () => {
  const bus = strictBus();
  let told = 0;
  bus.subscribe('TICK', () => {
    throw new Error('no');
  });
  bus.subscribe('TICK', () => void told++);
  bus.emit(tick);
  bus.emit(tick);
  expect(told).toBe(2);
});

test('all subscribers see the same order, though one of them emits while it is told', () => {
  const bus = strictBus();
  const [first, second]: [string[], string[]] = [[], []];
  bus.subscribe('PROCESS_GROUP_ADDED', ({ group }) => {
    first.push(group);
    if (group === 'a') bus.emit(added('b'));
  });
  bus.subscribe('PROCESS_GROUP_ADDED', ({ group }) => void second.push(group));
  bus.emit(added('a'));
  bus.emit(added('c'));
  expect(first).toEqual(['a', 'b', 'c']);
  expect(second).toEqual(['a', 'b', 'c']);
});

test('one that cancels another while being told silences it at once', () => {
  const bus = strictBus();
  let told = 0;
  bus.subscribe('TICK', () => cancel());
  const cancel = bus.subscribe('TICK', () => void told++);
  bus.emit(tick);
  expect(told).toBe(0);
});

test('demand is told when the first subscriber comes and the last goes, and only then', () => {
  const bus = strictBus();
  const changes: boolean[] = [];
  const unwatch = bus.watchDemand(['TICK_5', 'TICK_60'], () => changes.push(bus.wants('TICK_5')));
  const first = bus.subscribe('TICK_5', () => undefined);
  const second = bus.subscribe('TICK_5', () => undefined);
  bus.subscribe('PROCESS_LOG', () => undefined);
  first();
  expect(changes).toEqual([true]);
  second();
  expect(changes).toEqual([true, false]);
  unwatch();
  bus.subscribe('TICK_5', () => undefined);
  expect(changes).toHaveLength(2);
});
