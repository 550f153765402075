import { expect, test } from '@jest/globals';

import { Scrollback } from '../../../browser/log/scrollback.ts';
import type { Line } from '../../../browser/log/scrollback.ts';

const line = (text: string, kind: Line['kind'] = 'output'): Omit<Line, 'id'> => ({
  text,
  spans: [],
  kind,
  goesOn: false,
});

const held = (scrollback: Scrollback): string[] =>
  Array.from(
    { length: scrollback.length },
    (_, index) => scrollback.at(scrollback.firstId + index)?.text ?? 'none',
  );

test('the oldest lines go when there are too many, and are counted', () => {
  const scrollback = new Scrollback({ mostLines: 3, mostCharacters: 1000 });
  for (const text of ['a', 'b', 'c', 'd']) scrollback.append(line(text));
  const gone = scrollback.append(line('e'));

  expect(held(scrollback)).toEqual(['c', 'd', 'e']);
  expect(gone.map(({ text }) => text)).toEqual(['b']);
  expect(scrollback.dropped).toBe(2);
});

test('the oldest lines go when they are too long together', () => {
  const scrollback = new Scrollback({ mostLines: 100, mostCharacters: 10 });
  for (const text of ['aaaa', 'bbbb', 'cccc']) scrollback.append(line(text));

  expect(held(scrollback)).toEqual(['bbbb', 'cccc']);
  expect(scrollback.characters).toBe(8);
});

test('the newest line stays, however long it is', () => {
  const scrollback = new Scrollback({ mostLines: 100, mostCharacters: 10 });
  scrollback.append(line('x'.repeat(50)));

  expect(scrollback.length).toBe(1);
});

test('a line keeps its id for as long as it is there', () => {
  const scrollback = new Scrollback({ mostLines: 3, mostCharacters: 1000 });
  for (const text of ['a', 'b', 'c', 'd']) scrollback.append(line(text));

  expect(scrollback.at(0)).toBeUndefined();
  expect(scrollback.at(1)?.text).toBe('b');
  expect(scrollback.at(3)).toMatchObject({ id: 3, text: 'd' });
  expect(scrollback.at(4)).toBeUndefined();
});

test('older lines come before all others, the newest of them first', () => {
  const scrollback = new Scrollback({ mostLines: 4, mostCharacters: 1000 });
  scrollback.append(line('c'));
  scrollback.append(line('d'));

  const added = scrollback.prepend(['x', 'a', 'b'].map((text) => line(text)));

  expect(added.map(({ id, text }) => [id, text])).toEqual([
    [-2, 'a'],
    [-1, 'b'],
  ]);
  expect(held(scrollback)).toEqual(['a', 'b', 'c', 'd']);
  expect(scrollback.hasRoom).toBe(false);
});

test("the page's own words do not count as lines that were dropped", () => {
  const scrollback = new Scrollback({ mostLines: 1, mostCharacters: 1000 });
  scrollback.append(line('cleared', 'marker'));
  scrollback.append(line('a'));

  expect(scrollback.dropped).toBe(0);
});

test('many lines pass through in little time', () => {
  const scrollback = new Scrollback({ mostLines: 10_000, mostCharacters: 4_000_000 });
  for (let count = 0; count < 300_000; count++) scrollback.append(line(`line ${count}`));

  expect(scrollback.length).toBe(10_000);
  expect(scrollback.at(scrollback.firstId)?.text).toBe('line 290000');
  expect(scrollback.dropped).toBe(290_000);
});

test('a cleared one goes on with new ids', () => {
  const scrollback = new Scrollback();
  scrollback.append(line('a'));
  scrollback.clear();
  scrollback.append(line('b'));

  expect(scrollback.at(0)).toBeUndefined();
  expect(scrollback.at(1)?.text).toBe('b');
});
