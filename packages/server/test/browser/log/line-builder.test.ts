import { expect, test } from '@jest/globals';

import { LineBuilder, LONGEST_ROW } from '../../../browser/log/line-builder.ts';
import type { BuiltLine } from '../../../browser/log/line-builder.ts';
import { MOST_SPANS } from '../../../browser/log/row.ts';
import { segmentsOf } from '../../../browser/log/segments.ts';

const ESC = '\u001b';

function build(...chunks: string[]): {
  readonly lines: readonly BuiltLine[];
  readonly open: string;
} {
  const lines: BuiltLine[] = [];
  const builder = new LineBuilder((line) => lines.push(line));
  for (const chunk of chunks) builder.add(chunk);
  return { lines, open: builder.open.text };
}

const texts = (...chunks: string[]): string[] => build(...chunks).lines.map(({ text }) => text);

/** Each piece with the names of what its style sets. */
const shown = (line: BuiltLine | undefined): [text: string, style: string][] =>
  segmentsOf(line ?? { text: '', spans: [] }, []).map(({ text, style }) => [
    text,
    Object.entries(style)
      .filter(([, value]) => value !== undefined && value !== false)
      .map(([name, value]) => (value === true ? name : `${name}=${value}`))
      .join(' '),
  ]);

test('a line ends with its line feed, and what follows stays open', () => {
  expect(build('one\ntwo\r\n\nthr', 'ee')).toMatchObject({
    lines: [{ text: 'one' }, { text: 'two' }, { text: '' }],
    open: 'three',
  });
});

test('colours begin and end in the midst of lines, and last over lines', () => {
  const { lines } = build(`a${ESC}[31mb\nc${ESC}[0;1md\n`);

  expect(lines.map(shown)).toEqual([
    [
      ['a', ''],
      ['b', 'foreground=1'],
    ],
    [
      ['c', 'foreground=1'],
      ['d', 'bold'],
    ],
  ]);
});

test.each<[what: string, written: string, shows: string]>([
  ['a progress bar', '10%\r 50%\r100%\n', '100%'],
  ['a shorter text over a longer one', 'longer\rab\n', 'abnger'],
  ['a line cleared by a carriage return and an erasure', `downloading\r${ESC}[Kok\n`, 'ok'],
  ['a line cleared whole', `downloading${ESC}[2K\rok\n`, 'ok'],
  ['a line cleared up to the cursor', `abcdef\rxyz${ESC}[1K\n`, '   def'],
  ['the first column asked for', `downloading${ESC}[1G${ESC}[0Kok\n`, 'ok'],
  ['a backspace', 'spinner |\b/\b-\n', 'spinner -'],
  ['a backspace in the first column', '\b\bx\n', 'x'],
  ['a carriage return before a line feed', 'text\r\n', 'text'],
  ['tabs', 'a\tb\n', 'a\tb'],
  ['an erased line that is written further on', `abc${ESC}[2Kd\n`, '   d'],
])('%s shows as a terminal would leave it', (_what, written, shows) => {
  expect(texts(written)).toEqual([shows]);
});

test.each<[what: string, written: string]>([
  ['cursor moves', `${ESC}[2J${ESC}[1;1H${ESC}[5A${ESC}[10C`],
  ['private modes', `${ESC}[?25l${ESC}[?1049h${ESC}[>4;2m`],
  ['a window title', `${ESC}]0;title\u0007`],
  ['a title with the long terminator', `${ESC}]2;title${ESC}\\`],
  ['a hyperlink', `${ESC}]8;;javascript:alert(1)${ESC}\\`],
  ['a device control string', `${ESC}Pq#0;2;0;0;0${ESC}\\`],
  ['a private message', `${ESC}^secret${ESC}\\`],
  ['character sets', `${ESC}(B${ESC})0${ESC}%G`],
  ['short sequences', `${ESC}7${ESC}8${ESC}=${ESC}>${ESC}c${ESC}M`],
  ['the one-character forms', '\u009b31m\u009b0m\u009d0;title\u009c\u0085'],
  ['a bell', '\u0007'],
  ['endless parameters', `${ESC}[${'1;'.repeat(5000)}m`],
  ['a sequence that another cancels', `${ESC}[31${ESC}[0m`],
  ['a sequence that is cancelled', `${ESC}[31\u0018`],
  ['a string that another sequence ends', `${ESC}]0;title${ESC}[0m`],
])('%s leave no trace', (_what, written) => {
  const { lines } = build(`<${written}>\n`);

  expect(lines.map(shown)).toEqual([[['<>', '']]]);
});

test('it does not matter where the pieces are cut', () => {
  const whole = `x${ESC}[1;38;5;208my${ESC}]8;;http://a.b/${ESC}\\link${ESC}]8;;\u0007 ü😀\r${ESC}[Kz${ESC}[0m\u202e.\nnext`;
  const expected = build(whole);
  for (let at = 1; at < whole.length; at++) {
    expect(build(whole.slice(0, at), whole.slice(at))).toEqual(expected);
  }
  expect(build(...whole.split(''))).toEqual(expected);
});

test('an unfinished string hides no more than its own line', () => {
  expect(texts(`before ${ESC}]0;never ends\nafter\n`)).toEqual(['before ', 'after']);
});

test('characters that act are shown instead', () => {
  expect(texts('a\u0000b\u0001\u007f\u001a\n')).toEqual(['a␀b␁␡␚']);
});

test('characters that reorder the text around them are named instead', () => {
  expect(texts('user\u202e nimda\u202c \u2066x\u2069\n')).toEqual([
    'user[U+202E] nimda[U+202C] [U+2066]x[U+2069]',
  ]);
});

test('a long line goes on in further rows, and no character is cut', () => {
  const text = `${'a'.repeat(LONGEST_ROW - 1)}😀${'b'.repeat(LONGEST_ROW)}`;

  const { lines } = build(`${text}\n`);

  expect(lines.map(({ text: part }) => part).join('')).toBe(text);
  expect(lines.map(({ goesOn }) => goesOn)).toEqual([true, true, false]);
  for (const { text: part } of lines) {
    expect(part.length).toBeLessThanOrEqual(LONGEST_ROW);
    expect(new TextDecoder().decode(new TextEncoder().encode(part))).toBe(part);
  }
});

test('ten megabytes without a line end are read in little time', () => {
  const before = performance.now();
  const { lines, open } = build(...Array.from({ length: 160 }, () => 'x'.repeat(65_536)));

  expect(lines.length * LONGEST_ROW + open.length).toBeGreaterThan(10_000_000);
  expect(performance.now() - before).toBeLessThan(5000);
});

test('half a character that was written over becomes a space', () => {
  expect(texts('😀b\rx\n')).toEqual(['x b']);
});

test('a row that changes its colour all the time has a bounded number of spans', () => {
  const { lines } = build(`${`${ESC}[31mr${ESC}[32mg`.repeat(1000)}\n`);

  expect(lines[0]?.text).toBe('rg'.repeat(1000));
  expect(lines[0]?.spans.length).toBeLessThanOrEqual(MOST_SPANS);
});

test('what is written over a coloured text keeps the colours around it', () => {
  const { lines } = build(`${ESC}[31mred${ESC}[32mgreen\rX${ESC}[0m\n`);

  expect(shown(lines[0])).toEqual([
    ['X', 'foreground=2'],
    ['ed', 'foreground=1'],
    ['green', 'foreground=2'],
  ]);
});

test('plain text over a coloured one is plain', () => {
  const { lines } = build(`${ESC}[31mred${ESC}[0m\rX\n`);

  expect(shown(lines[0])).toEqual([
    ['X', ''],
    ['ed', 'foreground=1'],
  ]);
});

test('the end of a log without a line end is a line when asked for', () => {
  const lines: BuiltLine[] = [];
  const builder = new LineBuilder((line) => lines.push(line));
  builder.add('all\nbut');
  builder.finish();
  builder.finish();

  expect(lines.map(({ text }) => text)).toEqual(['all', 'but']);
});
