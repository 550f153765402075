import { expect, test } from '@jest/globals';

import { CaptureBuffer } from '../../../src/logs/output/capture-buffer.ts';
import { random } from '../support.ts';

function kept(maxBytes: number, ...writes: string[]): string {
  const buffer = new CaptureBuffer(maxBytes);
  for (const text of writes) buffer.append(Buffer.from(text));
  return buffer.take().toString();
}

test.each([
  [['0123456789'], '0123456789'],
  [['0123456789abcdef'], '0123456789abcdef'],
  [['01234', '56789'], '0123456789'],
  [['0123456789', 'a'], '123456789a'],
  [['01234', '5678', 'abcd'], '45678abcd'],
  [['0123', 'a sixteen byte w'], 'a sixteen byte w'],
  [['a sixteen byte w', 'x'], ' sixteen byte wx'],
])('with a limit of 10 bytes, %j leaves %j', (writes, left) => {
  expect(kept(10, ...writes)).toBe(left);
});

test('it is empty after it was taken', () => {
  const buffer = new CaptureBuffer(10);
  buffer.append(Buffer.from('x'));
  buffer.take();
  expect(buffer.take()).toHaveLength(0);
});

test('agrees with one text that is cut and joined, on random writes', () => {
  const next = random(3);
  for (let round = 0; round < 500; round++) {
    const limit = Math.floor(next() * 30) + 1;
    const writes = Array.from({ length: 12 }, () => 'abcdefghij'.repeat(3).slice(0, next() * 25));
    let text = '';
    for (const write of writes) {
      if (text.length + write.length > limit) text = text.slice(write.length);
      text += write;
    }
    expect(kept(limit, ...writes)).toBe(text);
  }
});
