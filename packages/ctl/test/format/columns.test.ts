import { expect, test } from '@jest/globals';

import { columnize, pad } from '../../src/format/columns.ts';

test('a list that fits stands on one line, each name as wide as itself', () => {
  expect(columnize(['a', 'bb', 'ccc'], 79)).toEqual(['a  bb  ccc']);
});

test('a longer list runs down the columns, each padded, and ends where its names end', () => {
  expect(columnize(['one', 'two', 'three', 'four', 'five'], 15)).toEqual([
    'one    four',
    'two    five',
    'three',
  ]);
});

test('a name wider than the page has its own line', () => {
  expect(columnize(['aaaaaaaa', 'bbbbbbbb'], 4)).toEqual(['aaaaaaaa', 'bbbbbbbb']);
});

test('no names make no lines', () => {
  expect(columnize([], 79)).toEqual([]);
});

test('padding counts characters, not UTF-16 units', () => {
  expect(pad('\u{1F600}', 3)).toBe('\u{1F600}  ');
  expect(pad('long', 2)).toBe('long');
});
