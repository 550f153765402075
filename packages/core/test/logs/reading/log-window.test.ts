import { expect, test } from '@jest/globals';

import { readWindow, tailWindow } from '../../../src/logs/reading/log-window.ts';

const log = Buffer.from('0123456789');

function read(offset: number, length: number): string | undefined {
  const window = readWindow(log.length, offset, length);
  return window && log.subarray(window.start, window.start + window.length).toString();
}

function tail(text: Buffer, offset: number, length: number): [string, boolean] {
  const { start, length: there, overflow } = tailWindow(text.length, offset, length);
  return [text.subarray(start, start + there).toString(), overflow];
}

test.each([
  [0, 0, '0123456789'],
  [0, 4, '0123'],
  [3, 4, '3456'],
  [8, 10, '89'],
  [10, 5, ''],
  [20, 5, ''],
  [20, 0, ''],
  [4, 0, '456789'],
  [-3, 0, '789'],
  [-30, 0, '0123456789'],
  [-3, 1, undefined],
  [0, -1, undefined],
])('read(%d, %d) of ten bytes is %j', (offset, length, data) => {
  expect(read(offset, length)).toBe(data);
});

const accented = Buffer.from('h\u00e9llo\n');

test.each([
  [0, 0, '', true],
  [0, 3, 'lo\n', true],
  [0, 7, 'h\u00e9llo\n', false],
  [7, 5, '', false],
  [-5, 12, 'h\u00e9llo\n', false],
  [0, -1, '', true],
  // The bytes before the offset are repeated when the window passes the end.
  [4, 5, '\ufffdllo\n'.slice(0), false],
  [100, 5, '', false],
  [0, 100, 'h\u00e9llo\n', false],
])('tail(%d, %d) of seven bytes is %j, overflow %j', (offset, length, data, overflow) => {
  expect(tail(accented, offset, length)).toEqual([data, overflow]);
});

test.each([
  [0, 0, '', false],
  [0, 5, '', false],
  [5, 5, '', false],
])('tail(%d, %d) of an empty log is empty', (offset, length, data, overflow) => {
  expect(tail(Buffer.alloc(0), offset, length)).toEqual([data, overflow]);
});
