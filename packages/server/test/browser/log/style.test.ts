import { expect, test } from '@jest/globals';

import { PLAIN, selectRendition } from '../../../browser/log/style.ts';
import type { Style } from '../../../browser/log/style.ts';

test.each<[parameters: string, style: Style]>([
  ['1', { bold: true }],
  ['2;3;4;7;9', { dim: true, italic: true, underline: true, inverse: true, strike: true }],
  ['31', { foreground: 1 }],
  ['97;100', { foreground: 15, background: 8 }],
  ['38;5;208', { foreground: '#ff8700' }],
  ['38;5;9', { foreground: 9 }],
  ['48;5;244', { background: '#808080' }],
  ['38;2;1;2;255', { foreground: '#0102ff' }],
  ['38:2::1:2:255', { foreground: '#0102ff' }],
  ['38:2:1:2:255;1', { foreground: '#0102ff', bold: true }],
  ['48:5:16', { background: '#000000' }],
  ['4:3', { underline: true }],
  ['58;2;1;1;1;31', { foreground: 1 }],
  ['58:5:1;31', { foreground: 1 }],
  // A colour that there is not is skipped whole.
  ['38;2;300;0;0;1', { bold: true }],
  ['38;5;256;1', { bold: true }],
  ['38;5', {}],
  ['38;2;1;2', {}],
  ['38;6;31', { foreground: 1 }],
  ['', {}],
  [';', {}],
  ['5;8;53;999', {}],
  ['1;0', {}],
  ['1;;3', { italic: true }],
])('the parameters %s make of plain text %j', (parameters, style) => {
  expect(selectRendition(PLAIN, parameters)).toEqual(style);
});

test.each<[off: string, left: Style]>([
  ['22', { italic: true, foreground: 2, background: 3 }],
  ['22;23', { foreground: 2, background: 3 }],
  ['39', { bold: true, dim: true, italic: true, background: 3 }],
  ['49', { bold: true, dim: true, italic: true, foreground: 2 }],
])('the parameters %s take back what they name alone', (off, left) => {
  const style = selectRendition(PLAIN, '1;2;3;32;43');

  const { bold, dim, italic, ...rest } = selectRendition(style, off);

  expect({ ...rest, ...onlyTrue({ bold, dim, italic }) }).toEqual(left);
});

test('what has nothing left is the plain style itself', () => {
  expect(selectRendition(selectRendition(PLAIN, '1;31;4'), '22;39;4:0')).toBe(PLAIN);
});

const onlyTrue = (flags: object): object =>
  Object.fromEntries(Object.entries(flags).filter(([, value]) => value === true));
