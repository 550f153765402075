import { expect, test } from '@jest/globals';

import { EventBuffer } from '../../src/events/event-buffer.ts';

function bufferOf(capacity: number): { buffer: EventBuffer<string>; dropped: string[] } {
  const dropped: string[] = [];
  return { buffer: new EventBuffer(capacity, (one) => void dropped.push(one)), dropped };
}

const all = (buffer: EventBuffer<string>): (string | undefined)[] =>
  Array.from({ length: buffer.length }, () => buffer.takeFirst());

test('the oldest event makes room for a new one, and is counted', () => {
  const { buffer, dropped } = bufferOf(2);
  for (const one of ['a', 'b', 'c']) buffer.add(one);
  expect([dropped, buffer.discarded, buffer.isFull]).toEqual([['a'], 1, true]);
  expect(all(buffer)).toEqual(['b', 'c']);
});

test('an event that comes back is the first again, and an older one goes', () => {
  const { buffer, dropped } = bufferOf(2);
  for (const one of ['b', 'c']) buffer.add(one);
  buffer.addAgain('a');
  expect(dropped).toEqual(['b']);
  expect(all(buffer)).toEqual(['a', 'c']);
});

test('an event that nobody took goes back to its place', () => {
  const { buffer, dropped } = bufferOf(2);
  for (const one of ['a', 'b']) buffer.add(one);
  buffer.putBack(buffer.takeFirst() as string);
  expect([dropped, all(buffer)]).toEqual([[], ['a', 'b']]);
});
