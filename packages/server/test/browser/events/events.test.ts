import { expect, test } from '@jest/globals';

import { detailsOf, toneOf } from '../../../browser/events/details.ts';
import { EventFeed } from '../../../browser/events/feed.ts';
import { happeningOf, isWanted } from '../../../browser/events/happening.ts';
import { parseQuery } from '../../../browser/log/query.ts';

const happening = (event: string, process = 'web', group = process, payload = '') =>
  happeningOf({ type: 'event', time: '2026-11-24T10:00:00.000Z', event, process, group, payload });

test('a process is named as everywhere, and an event of a group by the group', () => {
  expect(happening('X', 'web', 'web').process).toBe('web');
  expect(happening('X', 'a', 'g').process).toBe('g:a');
  expect(happening('X', '', 'g').process).toBe('g');
  expect(happeningOf({ type: 'event', event: 'TICK_5', payload: 'when:1' }).process).toBe('');
});

test('a long payload is cut', () => {
  expect(happening('X', 'a', 'a', 'x'.repeat(100_000)).payload.length).toBeLessThan(5000);
});

test('details are the pairs that are not said already, and the data below them', () => {
  expect(
    detailsOf('processname:web groupname:web from_state:STARTING pid:42\nsome data: here\n'),
  ).toEqual({
    pairs: [
      ['from_state', 'STARTING'],
      ['pid', '42'],
    ],
    data: 'some data: here\n',
  });
  expect(detailsOf('any text at all')).toEqual({ pairs: [], data: 'any text at all' });
  expect(detailsOf('')).toEqual({ pairs: [], data: '' });
});

test('what is good and what is bad can be seen', () => {
  expect(toneOf('PROCESS_STATE_RUNNING')).toBe('good');
  expect(toneOf('PROCESS_STATE_FATAL')).toBe('bad');
  expect(toneOf('PROCESS_STATE_STOPPING')).toBe('passing');
  expect(toneOf('PROCESS_STATE_STOPPED')).toBeUndefined();
});

test('a filter looks into all columns, and at one process', () => {
  const one = happening('PROCESS_STATE_EXITED', 'a', 'g', 'pid:42');
  const wanted = (input: string, process = '') =>
    isWanted(one, { query: parseQuery(input), process });
  expect(wanted('exited')).toBe(true);
  expect(wanted('g:a')).toBe(true);
  expect(wanted('/pid:4\\d$/')).toBe(true);
  expect(wanted('fatal')).toBe(false);
  expect(wanted('', 'g:a')).toBe(true);
  expect(wanted('', 'web')).toBe(false);
});

test('events wait while the reader has paused, and are counted when they are shown', () => {
  const feed = new EventFeed();
  feed.isPaused = true;
  feed.add(happening('PROCESS_STATE_RUNNING'));
  expect(feed.take()).toEqual([]);
  expect(feed.waiting).toBe(1);

  feed.isPaused = false;
  expect(feed.take()).toHaveLength(1);
  expect(feed.countOf('PROCESS_STATE')).toBe(1);
  expect(feed.countOf('PROCESS')).toBe(1);
  expect(feed.countOf('PROCESS_ST')).toBe(0);
});

test('what waits and what is kept has a bound, and what goes is counted', () => {
  const feed = new EventFeed();
  feed.isPaused = true;
  for (let count = 0; count < 30_000; count++) feed.add(happening(`E${count}`));
  expect(feed.waiting).toBeLessThanOrEqual(10_000);
  expect(feed.waiting + feed.missed).toBe(30_000);

  feed.isPaused = false;
  feed.take();
  const newest = feed.newest({ query: null, process: '' }, 3);
  expect(newest.map(({ event }) => event)).toEqual(['E29997', 'E29998', 'E29999']);
});
