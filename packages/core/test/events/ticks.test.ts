import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { EventBus } from '../../src/events/bus.ts';
import { Ticks } from '../../src/events/ticks.ts';
import { FakeClock } from '../../src/testing/index.ts';

// Three seconds into a slice of five, 43 into a minute, 26:43 into an hour.
const START = Date.UTC(2020, 8, 13, 12, 26, 43);

let clock: FakeClock;
let bus: EventBus;
let ticks: Ticks;
let heard: string[];

const listen = (...names: ('TICK' | 'TICK_5' | 'TICK_60' | 'TICK_3600')[]) =>
  bus.subscribe(names, (event) => {
    if (!('when' in event)) return;
    const at = new Date(clock.now()).toISOString().slice(11, -5);
    const when = new Date(event.when * 1000).toISOString().slice(11, -5);
    heard.push(at === when ? `${event.type} ${when}` : `${event.type} ${when} at ${at}`);
  });

beforeEach(() => {
  clock = new FakeClock(START);
  bus = new EventBus((error) => {
    throw error;
  });
  ticks = new Ticks(bus, clock);
  heard = [];
});
afterEach(() => ticks.close());

test('a tick comes as the wall clock enters a slice, and names its start', () => {
  listen('TICK_5');
  clock.advance(1999);
  expect(heard).toEqual([]);
  clock.advance(11_001);
  expect(heard).toEqual(['TICK_5 12:26:45', 'TICK_5 12:26:50', 'TICK_5 12:26:55']);
});

test('all kinds are told at the full hour, the shortest first', () => {
  clock.setNow(Date.UTC(2020, 8, 13, 12, 59, 58));
  listen('TICK');
  clock.advance(3000);
  expect(heard).toEqual(['TICK_5 13:00:00', 'TICK_60 13:00:00', 'TICK_3600 13:00:00']);
});

test('nobody is woken while nobody listens', () => {
  expect(clock.pending).toBe(0);
  const [first, second] = [listen('TICK_60'), listen('TICK')];
  first();
  expect(clock.pending).toBe(1);
  second();
  expect(clock.pending).toBe(0);
  clock.advance(10_000_000);
  expect(heard).toEqual([]);
});

test('a tick that is late is not left out when somebody else comes to listen, or goes', () => {
  listen('TICK_5');
  for (let turn = 0; turn < 2; turn++) {
    clock.lag(2000);
    const gone = listen('TICK_60');
    clock.lag(10);
    gone();
    clock.advance(2990);
  }
  expect(heard).toEqual(['TICK_5 12:26:45', 'TICK_5 12:26:50']);
});

test('one timer serves all kinds', () => {
  listen('TICK_3600');
  listen('TICK_5', 'TICK_60');
  expect(clock.pending).toBe(1);
});

test('somebody who comes late is not told of the slice that has begun', () => {
  clock.advance(1_000_000);
  listen('TICK_60');
  clock.advance(1);
  expect(heard).toEqual([]);
  clock.advance(59_999);
  expect(heard).toHaveLength(1);
});

test('somebody who comes back begins anew', () => {
  listen('TICK_5')();
  clock.advance(3_600_000);
  listen('TICK_5');
  clock.advance(1000);
  expect(heard).toEqual([]);
});

test('slices that were slept through are skipped', () => {
  listen('TICK_5');
  clock.setNow(START + 3_600_000);
  clock.advance(2000);
  expect(heard).toEqual(['TICK_5 13:26:45']);
});

test('a clock that is set back gives one tick of the slice that it is in then', () => {
  listen('TICK_5');
  clock.setNow(START - 3_600_000);
  clock.advance(2000);
  clock.advance(5000);
  expect(heard).toEqual(['TICK_5 11:26:45', 'TICK_5 11:26:50']);
});

test('a step of the wall clock is noticed within five seconds by whoever waits for the hour', () => {
  listen('TICK_3600');
  clock.setNow(Date.UTC(2020, 8, 13, 13, 30, 0));
  clock.advance(5000);
  expect(heard).toEqual(['TICK_3600 13:00:00 at 13:30:05']);
});

test('a timer that fires early ends in no tick, and none is lost', () => {
  listen('TICK_5');
  clock.advance(1000);
  clock.setNow(clock.now() - 500);
  clock.advance(1000);
  expect(heard).toEqual([]);
  clock.advance(500);
  expect(heard).toEqual(['TICK_5 12:26:45']);
});

test('one that cancels while it is told hears no more, and the timer goes with it', () => {
  const cancel = bus.subscribe('TICK_5', () => {
    heard.push('once');
    cancel();
  });
  clock.advance(60_000);
  expect(heard).toEqual(['once']);
  expect(clock.pending).toBe(0);
});

test('closing ends all ticks', () => {
  listen('TICK');
  ticks.close();
  clock.advance(3_600_000);
  listen('TICK_5');
  expect([heard, clock.pending]).toEqual([[], 0]);
});
