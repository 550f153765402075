import { expect, test } from '@jest/globals';

import { LogDecoder } from '../src/log-decoder.ts';

const text = 'grün \u{1F600} — ok\n';

test('a character cut anywhere between two pieces is whole again', () => {
  const bytes = Buffer.from(text);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const decoder = new LogDecoder();
    const shown = decoder.feed(bytes.subarray(0, cut)) + decoder.feed(bytes.subarray(cut));
    expect(shown + decoder.end()).toBe(text);
  }
});

test('byte by byte it is the same', () => {
  const decoder = new LogDecoder();
  let shown = '';
  for (const byte of Buffer.from(text)) shown += decoder.feed(Buffer.from([byte]));
  expect(shown).toBe(text);
});

test('what is not UTF-8 is shown as bytes', () => {
  const decoder = new LogDecoder();
  expect(decoder.feed(Buffer.from([0xff, 0x0a]))).toBe(String.raw`Undecodable: b'\xff\n'`);
  expect(decoder.feed(Buffer.from([0xe2, 0x82]))).toBe('');
  expect(decoder.end()).toBe(String.raw`Undecodable: b'\xe2\x82'`);
});
