import { closeSync, writeSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { openPipe } from '../src/pipes.ts';
import { readNow } from '../src/read-now.ts';

test('what is in a pipe is read, no more than fits, and that there is nothing is no error', () => {
  const { ours, theirs } = openPipe('read');
  const buffer = Buffer.alloc(4);
  expect(readNow(ours, buffer)).toBeUndefined();
  writeSync(theirs, 'sixsix');
  expect(readNow(ours, buffer)).toBe(4);
  expect(buffer.toString()).toBe('sixs');
  expect(readNow(ours, buffer)).toBe(2);
  expect(buffer.toString('latin1', 0, 2)).toBe('ix');
  closeSync(theirs);
  expect(readNow(ours, buffer)).toBe(0);
  closeSync(ours);
  expect(() => readNow(ours, buffer)).toThrow('EBADF');
});
