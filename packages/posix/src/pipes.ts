import { closeSync, fchownSync } from 'node:fs';

import { setNonBlocking } from './descriptors.ts';
import { SystemCallError } from './errno.ts';
import { fcntl, lastErrno, pipe2 } from './libc.ts';

const O_CLOEXEC = 0o2000000;
const F_SETPIPE_SZ = 1031;
const F_GETPIPE_SZ = 1032;

/** `theirs` goes to the child and is closed here after the spawn; `ours` stays. */
export interface Pipe {
  readonly ours: number;
  readonly theirs: number;
}

/**
 * A pipe, both ends close-on-exec; the end that stays here does not block, the child's does.
 *
 * @param owner who may open the child's end by name (/dev/stdout); our own user if undefined.
 *   Best effort: the pipe works without it, and only root may give a pipe away.
 * @throws {SystemCallError} EMFILE, ENFILE
 */
export function openPipe(here: 'read' | 'write', owner?: { uid: number; gid: number }): Pipe {
  const ends = new Int32Array(2);
  if (pipe2(ends, O_CLOEXEC) < 0) throw new SystemCallError('pipe2', lastErrno());
  const [reader, writer] = ends as unknown as [number, number];
  const pipe =
    here === 'read' ? { ours: reader, theirs: writer } : { ours: writer, theirs: reader };
  try {
    // Each end has an open file description of its own, so this leaves the child's end alone.
    setNonBlocking(pipe.ours);
  } catch (error) {
    closeSync(reader);
    closeSync(writer);
    throw error;
  }
  if (owner !== undefined) giveTo(owner, pipe.theirs);
  return pipe;
}

/** Both ends are one inode: one change of owner serves both. */
function giveTo(owner: { uid: number; gid: number }, fd: number): void {
  try {
    fchownSync(fd, owner.uid, owner.gid);
  } catch {
    // EPERM: without root, or without CAP_CHOWN, opening /dev/stdout by name is what fails then.
  }
}

/**
 * Asks for a capacity, which the kernel rounds up to a power of two, and returns the one the pipe
 * has then. The default is 65536. What it refuses (EPERM beyond /proc/sys/fs/pipe-max-size or the
 * user's pipe-user-pages-soft) stays as it was. Memory is used only for what waits in the pipe,
 * but the capacity counts against the user's allowance: for the pipes that need it.
 */
export function setPipeSize(fd: number, bytes: number): number {
  fcntl(fd, F_SETPIPE_SZ, 'int', bytes);
  const size = fcntl(fd, F_GETPIPE_SZ, 'int', 0);
  if (size < 0) throw new SystemCallError('fcntl', lastErrno());
  return size;
}
