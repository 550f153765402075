import { describe, expect, test } from '@jest/globals';

import { Feed } from '../src/feed.ts';

function feedOf(options: { most?: number; signal?: AbortSignal } = {}) {
  const told: (number | 'ended')[] = [];
  const feed = new Feed<string>({
    most: options.most ?? 3,
    signal: options.signal,
    missed: (items) => told.push(items),
    ended: () => told.push('ended'),
  });
  return { feed, told };
}

async function readAll(feed: Feed<string>): Promise<string[]> {
  const read: string[] = [];
  for await (const item of feed) read.push(item);
  return read;
}

test('what came before it ended can still be read', async () => {
  const { feed, told } = feedOf();
  feed.push('a');
  feed.push('b');
  feed.end();
  feed.push('c');
  expect(await readAll(feed)).toEqual(['a', 'b']);
  expect(told).toEqual(['ended']);
});

test('a reader that waits gets what comes, in the order in which it asked', async () => {
  const { feed } = feedOf();
  const both = [feed.next(), feed.next()];
  feed.push('a');
  feed.push('b');
  expect(await Promise.all(both)).toEqual([
    { done: false, value: 'a' },
    { done: false, value: 'b' },
  ]);
});

test('of what is too much the oldest is dropped, and that is told in its place', async () => {
  const { feed, told } = feedOf({ most: 4 });
  for (const item of ['a', 'b', 'c', 'd']) feed.push(item, 2);
  expect((await feed.next()).value).toBe('c');
  expect(told).toEqual([2]);
  expect((await feed.next()).value).toBe('d');
  expect(told).toEqual([2]);
});

test('a single item may be larger than what may wait', async () => {
  const { feed, told } = feedOf({ most: 4 });
  feed.push('large', 100);
  expect((await feed.next()).value).toBe('large');
  expect(told).toEqual([]);
});

describe('it is over', () => {
  test('when its signal fires, also for a reader that waits; what gathered is dropped', async () => {
    const stop = new AbortController();
    const { feed, told } = feedOf({ signal: stop.signal });
    const waiting = feed.next();
    stop.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    feed.push('a');
    expect(await readAll(feed)).toEqual([]);
    expect(told).toEqual(['ended']);
  });

  test('at once if its signal has fired', async () => {
    const { feed } = feedOf({ signal: AbortSignal.abort() });
    expect(feed.isOver).toBe(true);
    expect(await readAll(feed)).toEqual([]);
  });

  test('when a loop over it is left, and when it is disposed of', async () => {
    const { feed, told } = feedOf();
    feed.push('a');
    for await (const _item of feed) break;
    await feed[Symbol.asyncDispose]();
    expect(feed.isOver).toBe(true);
    expect(told).toEqual(['ended']);
  });
});
