import { expect, test } from '@jest/globals';

import { Pending } from '../../../browser/log/pending.ts';
import type { Arrival } from '../../../browser/log/pending.ts';

const data = (text: string): Arrival => ({ type: 'data', bytes: new TextEncoder().encode(text) });

function taken(pending: Pending, most = 1000): (string | Arrival)[] {
  const all: (string | Arrival)[] = [];
  for (let next = pending.take(most); next !== undefined; next = pending.take(most)) {
    all.push(next.type === 'data' ? new TextDecoder().decode(next.bytes) : next);
  }
  return all;
}

test('what arrived is taken in its order', () => {
  const pending = new Pending(1000);
  for (const one of [data('a\nb\n'), { type: 'truncated' }, data('c')] as const) pending.push(one);

  expect(pending.lines).toBe(2);
  expect(taken(pending)).toEqual(['a\nb\n', { type: 'truncated' }, 'c']);
  expect(pending.isEmpty).toBe(true);
  expect(pending.lines).toBe(0);
});

test('a large piece is taken in parts', () => {
  const pending = new Pending(1000);
  pending.push(data('abcdefgh'));
  pending.push(data('ij'));

  expect(taken(pending, 3)).toEqual(['abc', 'def', 'gh', 'ij']);
});

test('the oldest go when there is too much, and their place says how many they were', () => {
  const pending = new Pending(10);
  pending.push(data('aaaa\n'));
  pending.push({ type: 'missed', bytes: 100 });
  pending.push(data('bbbb\n'));
  pending.push(data('ccccccc\n'));

  expect(pending.bytes).toBe(8);
  expect(pending.lines).toBe(1);
  expect(taken(pending)).toEqual([{ type: 'missed', bytes: 110 }, 'ccccccc\n']);
});

test('many pieces pass through in little time', () => {
  const pending = new Pending(1_000_000);
  for (let count = 0; count < 200_000; count++) pending.push(data('0123456789\n'));

  expect(pending.bytes).toBeLessThanOrEqual(1_000_000);
  expect(taken(pending).length).toBeGreaterThan(90_000);
});
