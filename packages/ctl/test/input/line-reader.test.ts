import { expect, test } from '@jest/globals';

import { EndOfInput, Interrupted } from '../../src/errors.ts';
import { LineReader } from '../../src/input/line-reader.ts';
import { SecretTyping } from '../../src/input/secret.ts';

test('lines come whole however they arrive', async () => {
  const bytes = Buffer.from('one\r\ntwö\n\nlast');
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const reader = new LineReader();
    reader.feed(bytes.subarray(0, cut));
    reader.feed(bytes.subarray(cut));
    reader.end();
    const lines = [];
    for (let count = 0; count < 4; count += 1) lines.push(await reader.next());
    expect(lines).toEqual(['one', 'twö', '', 'last']);
    await expect(reader.next()).rejects.toBeInstanceOf(EndOfInput);
  }
});

test('waiting for a line can be given up, and the line goes to who asks next', async () => {
  const reader = new LineReader();
  const controller = new AbortController();
  const waiting = reader.next(controller.signal);
  controller.abort();
  await expect(waiting).rejects.toBeInstanceOf(Interrupted);
  reader.feed(Buffer.from('late\n'));
  expect(await reader.next()).toBe('late');
});

test.each([
  ['secret\r', 'entered', 'secret'],
  ['secrx\u007Fet\n', 'entered', 'secret'],
  ['wrong\u0015right\r', 'entered', 'right'],
  ['se\u0003', 'interrupted', 'se'],
  ['\u0004', 'ended', ''],
  ['secret', 'typing', 'secret'],
])('hidden typing of %j', (keys, end, text) => {
  const typing = new SecretTyping();
  expect(typing.feed(keys)).toBe(end);
  expect(typing.text).toBe(text);
});
