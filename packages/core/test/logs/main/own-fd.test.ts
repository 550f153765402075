import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { ownFd } from '../../../src/logs/main/own-fd.ts';
import { temporaryFolder } from '../support.ts';

test.each([
  ['/dev/stdout', 1],
  ['/dev/stderr', 2],
  ['/dev/fd/1', 1],
  ['/dev/fd/17', 17],
  ['/proc/self/fd/2', 2],
  [`/proc/${process.pid}/fd/1`, 1],
  ['/dev/../dev/stdout', 1],
])('%s is our own descriptor %d', (path, fd) => {
  expect(ownFd(path)).toBe(fd);
});

test.each(['/dev/null', '/dev/fd/x', '/proc/1x/fd/1', '/var/log/1', 'stdout', '/no/such/1'])(
  '%s is not',
  (path) => {
    expect(ownFd(path)).toBeUndefined();
  },
);

test('links are followed, one after the other', () => {
  const folder = temporaryFolder();
  symlinkSync('/proc/self/fd/1', join(folder, 'one'));
  symlinkSync('one', join(folder, 'two'));
  expect(ownFd(join(folder, 'two'))).toBe(1);
});

test('a link that leads to itself, or to a file, is not', () => {
  const folder = temporaryFolder();
  symlinkSync('loop', join(folder, 'loop'));
  writeFileSync(join(folder, '1'), '');
  expect(ownFd(join(folder, 'loop'))).toBeUndefined();
  expect(ownFd(join(folder, '1'))).toBeUndefined();
});
