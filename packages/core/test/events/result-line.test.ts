import { expect, test } from '@jest/globals';

import { resultLength } from '../../src/events/result-line.ts';

const lengthOf = (line: string): number | undefined => resultLength(Buffer.from(line, 'latin1'));

test.each([
  ['RESULT 2', 2],
  ['RESULT 0', 0],
  ['FOOBAR 2', 2],
  ['       2', 2],
  ['RESULT  2 ', 2],
  ['RESULT \t2\v\f', 2],
  ['RESULT 2\r', 2],
  ['RESULT +2', 2],
  ['RESULT -0', 0],
  ['RESULT 007', 7],
  ['RESULT 1_0', 10],
])('reads %j as Python reads an integer', (line, length) => {
  expect(Math.abs(lengthOf(line) ?? Number.NaN)).toBe(length);
});

test.each([
  '',
  'RESULT',
  'RESULT ',
  'RESULT two',
  'RESULT _1',
  'RESULT 1_',
  'RESULT 1__0',
  'RESULT - 2',
  'RESULT 0x2',
  'RESULT 2 3',
  'RESULT 2.0',
  'RESULT 1e3',
  'RESULT \x002',
  'RESULT \x1c2',
  'RESULT \xa02',
  'RESULT \xd9\xa3',
])('takes %j for no number, as Python does', (line) => {
  expect(lengthOf(line)).toBeUndefined();
});

test('a negative length is none', () => {
  expect(lengthOf('RESULT -1')).toBeUndefined();
});
