import { expect, test } from '@jest/globals';

import { mayColour } from '../../src/format/colours.ts';
import { statusTable } from '../../src/format/status-table.ts';

const row = (name: string): { name: string; state: string; description: string } => ({
  name,
  state: 'RUNNING',
  description: 'pid 4174, uptime 0:12:21',
});

test('the first column is 33 wide', () => {
  expect(statusTable([row('cat')])).toEqual([
    'cat                              RUNNING   pid 4174, uptime 0:12:21',
  ]);
});

test('a longer name among the rows shown makes the first column wider', () => {
  const long = 'x'.repeat(40);
  const [short, other] = statusTable([row('cat'), row(long)]);
  expect(short).toBe(`${'cat'.padEnd(43)}RUNNING   pid 4174, uptime 0:12:21`);
  expect(other).toBe(`${long}   RUNNING   pid 4174, uptime 0:12:21`);
});

test('a column is as wide as its characters, which may be pairs in UTF-16', () => {
  const long = '\u{1F980}'.repeat(40);
  const [short, other] = statusTable([row('cat'), row(long)]);
  expect(short).toBe(`${'cat'.padEnd(43)}RUNNING   pid 4174, uptime 0:12:21`);
  expect(other).toBe(`${long}   RUNNING   pid 4174, uptime 0:12:21`);
});

test('the description is not filled up, and may be empty', () => {
  expect(statusTable([{ name: 'a', state: 'STOPPING', description: '' }])).toEqual([
    `${'a'.padEnd(33)}STOPPING  `,
  ]);
});

test('colours change what stands around the state and not the columns', () => {
  expect(statusTable([row('cat')], true)).toEqual([
    `${'cat'.padEnd(33)}\u001B[32mRUNNING\u001B[0m   pid 4174, uptime 0:12:21`,
  ]);
});

test('colours are for terminals, and not if NO_COLOR or TERM=dumb says so', () => {
  expect(mayColour(true, {})).toBe(true);
  expect(mayColour(false, {})).toBe(false);
  expect(mayColour(true, { NO_COLOR: '1' })).toBe(false);
  expect(mayColour(true, { NO_COLOR: '' })).toBe(true);
  expect(mayColour(true, { TERM: 'dumb' })).toBe(false);
});
