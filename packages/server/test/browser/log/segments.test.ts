import { expect, test } from '@jest/globals';

import { segmentsOf } from '../../../browser/log/segments.ts';
import { PLAIN } from '../../../browser/log/style.ts';

const red = { foreground: 1 };

test('an empty row has no segments', () => {
  expect(segmentsOf({ text: '', spans: [] }, [])).toEqual([]);
});

test('a plain row is one segment', () => {
  expect(segmentsOf({ text: 'text', spans: [] }, [])).toEqual([
    { text: 'text', style: PLAIN, match: undefined },
  ]);
});

test('matches are cut where the style changes', () => {
  const row = {
    text: 'abcdefgh',
    spans: [
      { from: 2, style: red },
      { from: 5, style: PLAIN },
    ],
  };
  const matches = [
    { from: 1, to: 3 },
    { from: 3, to: 6 },
    { from: 7, to: 8 },
  ];

  expect(segmentsOf(row, matches)).toEqual([
    { text: 'a', style: PLAIN, match: undefined },
    { text: 'b', style: PLAIN, match: 0 },
    { text: 'c', style: red, match: 0 },
    { text: 'de', style: red, match: 1 },
    { text: 'f', style: PLAIN, match: 1 },
    { text: 'g', style: PLAIN, match: undefined },
    { text: 'h', style: PLAIN, match: 2 },
  ]);
});
