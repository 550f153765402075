import { readdirSync } from 'node:fs';

import { SystemCallError } from './errno.ts';
import { dup3, fcntl, lastErrno, syscallWithIds } from './libc.ts';

const F_GETFL = 3;
const F_SETFL = 4;
const F_SETFD = 2;
const FD_CLOEXEC = 1;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const F_DUPFD_CLOEXEC = 1030;

// Linux 5.9, with CLOEXEC since 5.11; the number is the same on every architecture.
const SYS_close_range = 436;
const CLOSE_RANGE_CLOEXEC = 4;

/**
 * Makes `to` another name of `from`. 0, 1 and 2 are then inherited by children, as they should
 * be; any other number is not.
 * @throws {SystemCallError} EBADF
 */
export function dup2(from: number, to: number): void {
  if (from === to) return;
  if (dup3(from, to, to > 2 ? O_CLOEXEC : 0) < 0) throw new SystemCallError('dup3', lastErrno());
}

/** A copy of the descriptor with a number above 2, close-on-exec. */
export function copyAboveStdio(fd: number): number {
  const copy = fcntl(fd, F_DUPFD_CLOEXEC, 'int', 3);
  if (copy < 0) throw new SystemCallError('fcntl', lastErrno());
  return copy;
}

/**
 * Reads and writes of it no longer wait. It concerns the open file description, so everyone who
 * shares it: never for an inherited 0, 1 or 2.
 */
export function setNonBlocking(fd: number): void {
  const flags = fcntl(fd, F_GETFL, 'int', 0);
  if (flags < 0 || fcntl(fd, F_SETFL, 'int', flags | O_NONBLOCK) < 0) {
    throw new SystemCallError('fcntl', lastErrno());
  }
}

/**
 * Marks every descriptor from 3 up close-on-exec: what we were started with must not reach the
 * children, and what we open ourselves is marked from birth. Call it once, at the start.
 */
export function sealInheritedFds(): void {
  if (syscallWithIds(SYS_close_range, 3, 0xffff_ffff, CLOSE_RANGE_CLOEXEC) === 0) return;
  sealOneByOne();
}

/** For kernels before 5.11. */
export function sealOneByOne(): void {
  for (const fd of openFds()) fcntl(fd, F_SETFD, 'int', FD_CLOEXEC);
}

function openFds(): number[] {
  try {
    return readdirSync('/proc/self/fd')
      .map(Number)
      .filter((fd) => fd > 2);
  } catch {
    // No /proc: those that shells and service managers hand down have small numbers.
    return Array.from({ length: 1021 }, (_, index) => index + 3);
  }
}
