import { expect, test } from '@jest/globals';

import { LogFeed } from '../../../browser/log/feed.ts';
import { olderLines } from '../../../browser/log/older.ts';

const log = (offset: number, text: string) => ({
  type: 'log',
  offset,
  data: Buffer.from(text).toString('base64'),
});

function arrived({ pending }: LogFeed): unknown[] {
  const all: unknown[] = [];
  for (let next = pending.take(1000); next !== undefined; next = pending.take(1000)) {
    all.push(next.type === 'data' ? Buffer.from(next.bytes).toString() : next);
  }
  return all;
}

test('it begins with the end of the log, at the beginning of a line', () => {
  const feed = new LogFeed();
  expect(feed.request()).toEqual({ backlog: 65_536, encoding: 'base64' });

  feed.take({ type: 'subscribed' });
  feed.take(log(100, 'rest of a line\nwhole\n'));

  expect(arrived(feed)).toEqual(['whole\n']);
  expect(feed.earliest).toBe(115);
});

test('a log that is shown from its beginning is shown whole', () => {
  const feed = new LogFeed();
  feed.take(log(0, 'a\nb'));

  expect(arrived(feed)).toEqual(['a\nb']);
  expect(feed.earliest).toBe(0);
});

test('the end of a line that is longer than what is asked for is shown', () => {
  const feed = new LogFeed();
  feed.take(log(500, 'in the midst of it'));

  expect(arrived(feed)).toEqual(['in the midst of it']);
  expect(feed.earliest).toBe(500);
});

test('after a break it goes on where it was', () => {
  const feed = new LogFeed();
  feed.take(log(100, 'x\nwhole\n'));
  feed.take(log(108, 'and\u00fc'));

  expect(feed.request()).toEqual({ offset: 113, encoding: 'base64' });
});

test('what was left out counts, and is said in its place', () => {
  const feed = new LogFeed();
  feed.take(log(0, 'a\n'));
  feed.take({ type: 'missed', bytes: 50 });
  feed.take(log(52, 'b\n'));

  expect(arrived(feed)).toEqual(['a\n', { type: 'missed', bytes: 50 }, 'b\n']);
  expect(feed.request()).toMatchObject({ offset: 54 });
});

test('a log that was cleared begins anew, and nothing before it can be loaded', () => {
  const feed = new LogFeed();
  feed.take(log(100, 'x\nold\n'));
  feed.take({ type: 'truncated' });
  feed.take(log(0, 'new\n'));

  expect(arrived(feed)).toEqual(['old\n', { type: 'truncated' }, 'new\n']);
  expect(feed.earliest).toBeUndefined();
  expect(feed.request()).toMatchObject({ offset: 4 });
});

test('a log that was cleared while the connection was broken is seen by its offsets', () => {
  const feed = new LogFeed();
  feed.take(log(100, 'x\nold\n'));
  feed.take(log(0, 'new\n'));

  expect(arrived(feed)).toEqual(['old\n', { type: 'truncated' }, 'new\n']);
});

test('why nothing comes is known until something does', () => {
  const feed = new LogFeed();
  feed.take({ type: 'error', fault: 'NO_FILE' });
  expect(feed.trouble).toBe('NO_FILE');

  feed.take({ type: 'subscribed' });
  expect(feed.trouble).toBeUndefined();
});

test('what is loaded before begins at the beginning of a line', () => {
  const { lines, earliest } = olderLines(Buffer.from('of a line\none\ntwo\n'), 40);

  expect(lines.map(({ text }) => text)).toEqual(['one', 'two']);
  expect(earliest).toBe(50);
});

test('the beginning of the log is loaded whole', () => {
  const { lines, earliest } = olderLines(Buffer.from('one\ntwo\n'), 0);

  expect(lines.map(({ text }) => text)).toEqual(['one', 'two']);
  expect(earliest).toBe(0);
});

test('a line that is longer than what is loaded is loaded in pieces', () => {
  expect(olderLines(Buffer.from('xxxx\n'), 40)).toMatchObject({
    lines: [{ text: 'xxxx' }],
    earliest: 40,
  });
});
