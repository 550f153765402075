import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { copyAboveStdio, dup2, setNonBlocking } from '../src/descriptors.ts';
import { fixture } from './support/fixture.ts';

const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;

const flagsOf = (fd: number): number =>
  Number.parseInt(
    /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '',
    8,
  );

describe('dup2', () => {
  test('makes a number another name of a file, which children do not get', () => {
    const [from, to] = [openSync('/dev/null', 'r'), openSync('/dev/zero', 'r')];
    dup2(from, to);
    expect(fstatSync(to).rdev).toBe(fstatSync(from).rdev);
    expect(flagsOf(to) & O_CLOEXEC).toBe(O_CLOEXEC);
    [from, to].forEach(closeSync);
  });

  test('of a number onto itself changes nothing', () => {
    const fd = openSync('/dev/null', 'r');
    const before = flagsOf(fd);
    dup2(fd, fd);
    expect(flagsOf(fd)).toBe(before);
    closeSync(fd);
  });

  test('of what is not open is refused', () => {
    expect(() => dup2(9999, 3)).toThrow('dup3: EBADF');
  });
});

test('a copy of a low descriptor has a number above 2 and is not inherited', () => {
  const copy = copyAboveStdio(0);
  expect(copy).toBeGreaterThan(2);
  expect(flagsOf(copy) & O_CLOEXEC).toBe(O_CLOEXEC);
  closeSync(copy);
});

test('non-blocking is set beside the flags that are there', () => {
  const fd = openSync('/dev/null', 'a');
  const before = flagsOf(fd);
  setNonBlocking(fd);
  expect(flagsOf(fd)).toBe(before | O_NONBLOCK);
  closeSync(fd);
  expect(() => setNonBlocking(fd)).toThrow('fcntl: EBADF');
});

test('what a program was started with does not reach its children once it is sealed', async () => {
  const stdio = '0\n1\n2\n';
  expect(await fixture('sealed-descriptors')).toEqual({
    unsealed: `${stdio}300\n`,
    atOnce: stdio,
    oneByOne: stdio,
  });
});
