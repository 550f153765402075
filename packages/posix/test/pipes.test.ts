import { closeSync, fstatSync, readdirSync, readFileSync, readSync, writeSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { openPipe, setPipeSize } from '../src/pipes.ts';
import { fixture } from './support/fixture.ts';
import { describeAsRoot } from './support/root.ts';

const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;

test.each(['read', 'write'] as const)(
  'only our end, which we %s, does not block; neither is inherited',
  (here) => {
    const { ours, theirs } = openPipe(here);
    expect(flagsOf(ours) & O_NONBLOCK).toBe(O_NONBLOCK);
    expect(flagsOf(theirs) & O_NONBLOCK).toBe(0);
    for (const fd of [ours, theirs]) {
      expect(flagsOf(fd) & O_CLOEXEC).toBe(O_CLOEXEC);
      expect(fstatSync(fd).isFIFO()).toBe(true);
      closeSync(fd);
    }
  },
);

test('bytes go through it', () => {
  const { ours, theirs } = openPipe('read');
  expect(() => readSync(ours, Buffer.alloc(1))).toThrow('EAGAIN');
  writeSync(theirs, 'abc');
  closeSync(theirs);
  const data = Buffer.alloc(10);
  expect(data.toString('utf8', 0, readSync(ours, data))).toBe('abc');
  expect(readSync(ours, data)).toBe(0);
  closeSync(ours);
});

test('its capacity can be asked for, and what is refused leaves it as it was', () => {
  const { ours, theirs } = openPipe('read');
  expect(setPipeSize(ours, 65536)).toBe(65536);
  expect(setPipeSize(ours, 5000)).toBe(8192);
  expect(setPipeSize(ours, 2 ** 31 - 1)).toBe(8192);
  [ours, theirs].forEach(closeSync);
  expect(() => setPipeSize(ours, 65536)).toThrow('fcntl: EBADF');
});

test('the lack of descriptors is an error, and none is lost', async () => {
  expect(await fixture('out-of-descriptors')).toEqual({
    error: 'pipe2: EMFILE (Too many open files)',
    lost: 0,
  });
});

test('an owner that we may not set is let pass', () => {
  const before = readdirSync('/proc/self/fd').length;
  const { ours, theirs } = openPipe('read', {
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
  });
  [ours, theirs].forEach(closeSync);
  expect(readdirSync('/proc/self/fd')).toHaveLength(before);
});

describeAsRoot('an owner', () => {
  test('has both ends, by name as well', () => {
    const { ours, theirs } = openPipe('read', { uid: 1000740000, gid: 7 });
    for (const fd of [ours, theirs]) {
      expect(fstatSync(fd)).toMatchObject({ uid: 1000740000, gid: 7 });
      closeSync(fd);
    }
  });
});

function flagsOf(fd: number): number {
  return Number.parseInt(
    /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '',
    8,
  );
}
