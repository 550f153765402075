import { expect, test } from '@jest/globals';

import { LineSplitter } from '../../src/process/line-splitter.ts';

const TEXT = 'one\r\ntwo\n\nd\u00e9j\u00e0 vu \u{1F600}\nrest';
const LINES = ['one', 'two', '', 'd\u00e9j\u00e0 vu \u{1F600}', 'rest'];

function linesOf(chunks: readonly Buffer[], longest = 1000): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter(longest, (line) => lines.push(line));
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
  return lines;
}

test('lines are the same wherever the chunks are cut', () => {
  const bytes = Buffer.from(TEXT);
  for (let at = 0; at <= bytes.length; at++) {
    expect(linesOf([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(LINES);
  }
});

test('a character that is cut off by the end is told as one that is none', () => {
  expect(linesOf([Buffer.from([0x61, 0xc3])])).toEqual(['a\uFFFD']);
});

test('a line that is too long comes in pieces', () => {
  expect(linesOf([Buffer.from('abcdefgh\nij')], 3)).toEqual(['abcdefgh', 'ij']);
  expect(linesOf([Buffer.from('abcdefgh'), Buffer.from('i\n')], 3)).toEqual(['abc', 'def', 'ghi']);
});

test('the end begins anew', () => {
  const lines: string[] = [];
  const splitter = new LineSplitter(100, (line) => lines.push(line));
  splitter.write(Buffer.from('unfinished'));
  splitter.end();
  splitter.end();
  splitter.write(Buffer.from('next\n'));
  expect(lines).toEqual(['unfinished', 'next']);
});
