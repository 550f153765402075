import { expect, test } from '@jest/globals';

import { plainText } from '../../../src/web/logs/plain-text.ts';

const shown = (log: string | Buffer, isCut = false): string =>
  plainText(Buffer.from(log as string), isCut);

test.each<[what: string, log: string, text: string]>([
  ['colours', 'a \u001b[1;31mred\u001b[0m b', 'a red b'],
  [
    'titles and hyperlinks',
    '\u001b]0;t\u0007a\u001b]8;;http://x/\u001b\\b\u001b]8;;\u001b\\',
    'ab',
  ],
  ['cursor moves and erasures', '\u001b[2J\u001b[1;1Ha\u001b[K\u001b[?25l', 'a'],
  ['an unfinished title, to its line', '\u001b]0;never\nb', '\nb'],
  ['carriage returns before line feeds', 'a\r\nb', 'a\nb'],
  ['character sets', 'a\u001b(Bb\u001b=c', 'abc'],
])('%s leave no trace', (_what, log, text) => {
  expect(shown(log)).toBe(text);
});

test('characters that act are shown or named instead', () => {
  expect(shown('a\u0000b\u202ec\u007f\td')).toBe('a␀b[U+202E]c␡\td');
});

test('bytes that are no UTF-8 show as such', () => {
  expect(shown(Buffer.from([0x61, 0xff, 0x62]))).toBe('a\ufffdb');
});

test('the rest of a line that began before is left out', () => {
  expect(shown('of a line\nwhole\n', true)).toBe('whole\n');
  expect(shown('one long line', true)).toBe('one long line');
  expect(shown('one long line\n', true)).toBe('one long line\n');
});
