import { expect, test } from '@jest/globals';

import { stripAnsi } from '../../../src/logs/output/strip-ansi.ts';
import { random } from '../support.ts';

test.each([
  ['plain', 'plain'],
  ['', ''],
  ['\x1b[31mred\x1b[0m', 'red'],
  ['a\x1b[2Jb\x1b[Hc', 'abc'],
  ['one \x1b[1;33;40mtwo', 'one two'],
  ['\x1b[', ''],
  ['\x1b', '\x1b'],
  ['\x1b]0;title\x07x', '\x1b]0;title\x07x'],
  ['kept\x1b[12;', 'kept'],
  // E and G end sequences elsewhere, but not here: all up to the next letter that does is eaten.
  ['a\x1b[2Exyz and then m!', 'aen m!'],
  ['\x1b[\x1b[31mx', 'x'],
])('%j is shown as %j', (record, shown) => {
  expect(stripAnsi(Buffer.from(record)).toString()).toBe(shown);
});

test('every letter that ends a sequence ends it, and no other', () => {
  for (let byte = 0; byte < 256; byte++) {
    const ends = 'HfABCDRsuJKhlpm'.includes(String.fromCharCode(byte));
    const record = Buffer.concat([Buffer.from('\x1b[1'), Buffer.of(byte), Buffer.from('|')]);
    expect(stripAnsi(record).toString()).toBe(ends ? '|' : '');
  }
});

test('a record without a sequence is returned as it is, not copied', () => {
  const record = Buffer.from('no colours');
  expect(stripAnsi(record)).toBe(record);
});

test('agrees with a byte by byte reading of the rule on random records', () => {
  const next = random(7);
  const alphabet = ['\x1b', '[', '\x1b[', 'm', 'H', '1', ';', 'x', 'é'];
  for (let round = 0; round < 2000; round++) {
    let text = '';
    while (next() > 0.08) text += alphabet[Math.floor(next() * alphabet.length)];
    expect(stripAnsi(Buffer.from(text)).toString()).toBe(byTheRule(text));
  }
});

function byTheRule(text: string): string {
  let shown = '';
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    if (inside) inside = !'HfABCDRsuJKhlpm'.includes(text[at]!);
    else if (text.startsWith('\x1b[', at)) {
      inside = true;
      at += 1;
    } else shown += text[at];
  }
  return shown;
}
