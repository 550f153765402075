import { expect, test } from '@jest/globals';

import { parseQuery } from '../../../browser/log/query.ts';
import { Scrollback } from '../../../browser/log/scrollback.ts';
import { Search } from '../../../browser/log/search.ts';

function setUp(...texts: string[]) {
  const lines = new Scrollback({ mostLines: 5, mostCharacters: 1000 });
  const search = new Search(lines);
  const add = (text: string): void => {
    const line = { text, spans: [], kind: 'output', goesOn: false } as const;
    for (const { id } of lines.append(line)) search.forget(id);
    search.add(lines.at(lines.endId - 1));
  };
  for (const text of texts) add(text);
  return { lines, search, add };
}

test('matches are counted over all lines that are kept, and in those that come', () => {
  const { search, add } = setUp('a b a', 'b', 'A');
  search.look(parseQuery('a'));
  expect(search.total).toBe(3);

  add('aa');
  expect(search.total).toBe(5);
  // The first line goes.
  add('b');
  add('b');
  expect(search.total).toBe(3);
});

test('it goes from match to match, and around', () => {
  const { search } = setUp('a a', 'b', 'a');
  search.look(parseQuery('a'));

  expect([1, 2, 3, 4].map(() => ({ ...search.move(1, 1), ordinal: search.ordinal }))).toEqual([
    { id: 2, index: 0, ordinal: 3 },
    { id: 0, index: 0, ordinal: 1 },
    { id: 0, index: 1, ordinal: 2 },
    { id: 2, index: 0, ordinal: 3 },
  ]);
  expect([1, 2, 3].map(() => search.move(-1, 1))).toEqual([
    { id: 0, index: 1 },
    { id: 0, index: 0 },
    { id: 2, index: 0 },
  ]);
});

test('there is nowhere to go without a match', () => {
  const { search } = setUp('b');
  search.look(parseQuery('a'));

  expect(search.move(1, 0)).toBeUndefined();
  expect(search.ordinal).toBeUndefined();
});

test('a line that goes takes the current match along', () => {
  const { search, add } = setUp('a', 'a', 'b', 'b', 'b');
  search.look(parseQuery('a'));
  search.move(1, 0);
  add('b');

  expect(search.current).toBeUndefined();
  expect(search.move(1, 1)).toEqual({ id: 1, index: 0 });
});

test('what is older and loaded later is looked through too', () => {
  const { lines, search } = setUp('a');
  search.look(parseQuery('a'));
  const older = { text: 'aa', spans: [], kind: 'output', goesOn: false } as const;
  for (const line of lines.prepend([older])) search.add(line);

  expect(search.total).toBe(3);
  search.move(1, 0);
  expect(search.ordinal).toBe(3);
});

test('nothing is found in the words of the page itself', () => {
  const { lines, search } = setUp();
  lines.append({ text: 'the log was cleared', spans: [], kind: 'marker', goesOn: false });
  search.look(parseQuery('log'));

  expect(search.total).toBe(0);
});
