import { expect, test } from '@jest/globals';

import { eventTypes } from '@tsvisor/config';

import { coveredTypes, emittedTypes } from '../../src/events/hierarchy.ts';
import type { EventName, EventOf } from '../../src/events/hierarchy.ts';

test('a parent stands for everything below it', () => {
  expect([...coveredTypes(['TICK'])]).toEqual(['TICK_5', 'TICK_60', 'TICK_3600']);
  expect([...coveredTypes(['PROCESS_STATE'])]).toHaveLength(8);
  expect([...coveredTypes(['EVENT'])]).toEqual(emittedTypes);
});

test('names that overlap cover each type once', () => {
  const types = [...coveredTypes(['EVENT', 'TICK', 'TICK_5', 'TICK_5'])];
  expect(types).toHaveLength(new Set(types).size);
  expect(types).toEqual(emittedTypes);
});

test('an emitted event covers only itself', () => {
  for (const type of emittedTypes) expect([...coveredTypes([type])]).toEqual([type]);
});

test('no name covers nothing', () => {
  expect([...coveredTypes([])]).toEqual([]);
});

test('the events that supervisord emits are these twenty', () => {
  const abstract: EventName[] = [
    'EVENT',
    'PROCESS_STATE',
    'PROCESS_LOG',
    'PROCESS_COMMUNICATION',
    'SUPERVISOR_STATE_CHANGE',
    'TICK',
    'PROCESS_GROUP',
  ];
  expect(new Set([...emittedTypes, ...abstract])).toEqual(new Set(Object.keys(eventTypes)));
  expect(emittedTypes).toHaveLength(20);
});

test('a subscription to a name is typed by what it brings', () => {
  const when: (event: EventOf<'TICK'>) => number = (event) => event.when;
  const group: (event: EventOf<'PROCESS_GROUP'>) => string = (event) => event.group;
  expect(when({ type: 'TICK_5', when: 5 })).toBe(5);
  expect(group({ type: 'PROCESS_GROUP_ADDED', group: 'web' })).toBe('web');
});
