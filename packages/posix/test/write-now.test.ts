import { closeSync, readSync, writeSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { openPipe } from '../src/pipes.ts';
import { sendNow } from '../src/send.ts';

/** Reads what is in the pipe now. */
function readAll(fd: number): number {
  const buffer = Buffer.alloc(65_536);
  let total = 0;
  try {
    for (;;) total += readSync(fd, buffer);
  } catch {
    // EAGAIN: nothing more.
    return total;
  }
}

test('a pipe that blocks is filled without waiting, and takes more once it was read', () => {
  // Its writing end is the child's, which blocks.
  const { ours, theirs } = openPipe('read');
  const chunk = Buffer.alloc(10_000, 'x').subarray(1);
  let sent = 0;
  for (let last = 1; last > 0; sent += last) last = sendNow(theirs, chunk);
  expect(sent).toBeGreaterThanOrEqual(4096);
  expect(readAll(ours)).toBe(sent);
  expect(sendNow(theirs, Buffer.from('more'))).toBe(4);
  expect(readAll(ours)).toBe(4);
  writeSync(theirs, 'plain');
  expect(readAll(ours)).toBe(5);
  closeSync(ours);
  expect(() => sendNow(theirs, chunk)).toThrow('EPIPE');
  closeSync(theirs);
});
