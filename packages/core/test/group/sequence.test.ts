import { expect, test } from '@jest/globals';

import { byPriority, stopBatches, stopOrder } from '../../src/group/sequence.ts';

const groups = [
  { name: 'listener', priority: -1 },
  { name: 'db', priority: 10 },
  { name: 'a', priority: 999 },
  { name: 'b', priority: 999 },
];
const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);

test('starts in ascending priority, equals in their order', () => {
  expect(names(byPriority(groups.toReversed()))).toEqual(['listener', 'db', 'b', 'a']);
});

test('stops in the reverse of that', () => {
  expect(names(stopOrder(groups))).toEqual(['b', 'a', 'db', 'listener']);
});

test('stops groups of equal priority together', () => {
  expect(stopBatches(groups, 'priority').map(names)).toEqual([['b', 'a'], ['db'], ['listener']]);
});

test('stops one group at a time with shutdown_order=serial', () => {
  expect(stopBatches(groups, 'serial').map(names)).toEqual([['b'], ['a'], ['db'], ['listener']]);
});
