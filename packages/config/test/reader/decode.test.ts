import { expect, test } from '@jest/globals';

import { decodeText } from '../../src/reader/decode.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

test.each([
  ['a byte that begins nothing', [0xff], 'byte 0xff in position 2: invalid start byte'],
  [
    'a character that is cut short',
    [0xc3, 0x28],
    'byte 0xc3 in position 2: invalid continuation byte',
  ],
  [
    'three bytes of a broken character',
    [0xf0, 0x9f, 0x98, 0x28],
    'bytes in position 2-4: invalid continuation byte',
  ],
  ['a surrogate', [0xed, 0xa0, 0x80], 'byte 0xed in position 2: invalid continuation byte'],
  ['an overlong form', [0xc0, 0x80], 'byte 0xc0 in position 2: invalid start byte'],
  [
    'an end in the middle of a character',
    [0xe2, 0x82],
    'bytes in position 0-1: unexpected end of data',
  ],
])('%s is named with its place', (_what, bad, why) => {
  // What is left of a character at the end of the file is decoded for itself, hence position 0.
  expect(decodeText(bytes('ab', bad)).problem).toBe(`'utf-8' codec can't decode ${why}`);
});

test('positions are counted within pieces of 8 KiB', () => {
  const { text, problem } = decodeText(bytes('x\n'.repeat(4096), 'ab', [0xff]));
  expect(problem).toBe("'utf-8' codec can't decode byte 0xff in position 2: invalid start byte");
  expect(text).toBe('x\n'.repeat(4096));
});

test('a character may lie across two pieces', () => {
  const whole = 'x'.repeat(8191) + 'é\n';
  expect(decodeText(bytes(whole))).toEqual({ text: whole });
  expect(decodeText(bytes(whole, [0xff])).problem).toMatch(/0xff in position 3:/);
});

test('a byte order mark is kept', () => {
  expect(decodeText(bytes([0xef, 0xbb, 0xbf], '[a]'))).toEqual({ text: '\ufeff[a]' });
});
