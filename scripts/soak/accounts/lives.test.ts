import { expect, test } from '@jest/globals';

import { compare } from './lives.ts';
import type { Verdict } from './lives.ts';
import { readRecords } from './records.ts';

const record = (life: number, number: number, size = 4): string =>
  `<web ${life} ${number} ${size} ${'x'.repeat(size)}>\n`;

const life = (number: number, written: number, ended = false) => ({
  life: number,
  written,
  ended,
  read: [],
});

const judge = (text: string, lives: ReturnType<typeof life>[], tears = false): Partial<Verdict> => {
  const { examples: _, ...counts } = compare('web', lives, [
    readRecords(Buffer.from(text, 'latin1'), 'web', tears),
  ]);
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0));
};

const whole = record(1, 1) + record(1, 2) + record(2, 1);
const lives = [life(1, 2), life(2, 1)];

test('a log that has every record once and in order is fine', () => {
  expect(judge(whole, lives)).toEqual({ records: 3 });
});

test('a life may have written more than it has noted, unless it ended by itself', () => {
  expect(judge(whole, [life(1, 1), life(2, 0)])).toEqual({ records: 3 });
  expect(judge(whole, [life(1, 1, true), life(2, 1)])).toEqual({ records: 3, doubled: 1 });
});

test('records that are missing are counted, wherever they are', () => {
  expect(judge(record(1, 2) + record(2, 1), lives)).toEqual({ records: 2, lost: 1 });
  expect(judge(record(1, 1) + record(2, 1), lives)).toEqual({ records: 2, lost: 1 });
  expect(judge(record(1, 1), lives)).toEqual({ records: 1, lost: 2 });
  expect(judge('', lives)).toEqual({ lost: 3 });
});

test('a record that is there twice is doubled, and out of order', () => {
  expect(judge(record(1, 1) + whole, lives)).toEqual({ records: 3, doubled: 1, misplaced: 1 });
});

test('an earlier record after a later one is out of order', () => {
  expect(judge(record(1, 2) + record(1, 1) + record(2, 1), lives)).toEqual({
    records: 3,
    misplaced: 1,
  });
  expect(judge(record(2, 1) + record(1, 1) + record(1, 2), lives)).toEqual({
    records: 3,
    misplaced: 1,
  });
});

test('a byte that is missing, changed or added anywhere is noticed', () => {
  const text = record(1, 1) + record(1, 2);
  for (let at = 0; at < text.length; at++) {
    const changed = [
      text.slice(0, at) + text.slice(at + 1),
      `${text.slice(0, at)}#${text.slice(at + 1)}`,
      `${text.slice(0, at)}#${text.slice(at)}`,
    ];
    for (const [index, one] of changed.entries()) {
      // The line feed between records is not counted: some records have none.
      if (index === 0 && text[at] === '\n') continue;
      expect([at, one, judge(one, [life(1, 2)])]).not.toEqual([at, one, { records: 2 }]);
    }
  }
});

test('what the end of a life has cut off is torn, and nothing else is', () => {
  const long = record(1, 3, 9000);
  for (const length of [1, 4, 8, 12, 13, 14, 8999]) {
    const text = record(1, 1) + record(1, 2) + long.slice(0, length) + record(2, 1);
    expect(judge(text, lives, true)).toEqual({ records: 3 });
    expect(judge(text, lives)).toMatchObject({ damaged: 1 });
  }
  const inside = record(1, 1) + long.slice(0, 20) + record(1, 2) + record(2, 1);
  expect(judge(inside, lives, true)).toMatchObject({ damaged: 1 });
});

test('as many gaps as a log was emptied are explained, and no more', () => {
  const log = readRecords(Buffer.from(record(1, 3) + record(1, 5)), 'web', false);
  expect(compare('web', [life(1, 5)], [log], { clears: 2 }).lost).toBe(0);
  expect(compare('web', [life(1, 5)], [log], { clears: 1 }).lost).toBe(3);
});

test('the end of a life that was cut off may be missing, but nothing before it', () => {
  const log = readRecords(Buffer.from(record(1, 1) + record(1, 3)), 'web', false);
  const verdict = compare('web', [life(1, 5)], [log], { cutOff: new Set([1]) });
  expect(verdict).toMatchObject({ lost: 1, tail: 2 });
});
