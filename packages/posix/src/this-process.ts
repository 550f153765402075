import { SystemCallError } from './errno.ts';
import { _exit, kill as killCall, lastErrno, prctl } from './libc.ts';

const PR_SET_CHILD_SUBREAPER = 36;

/** Orphans among our descendants become our children, as if we were pid 1: prctl(2). */
export function setSubreaper(): void {
  if (prctl(PR_SET_CHILD_SUBREAPER, 'ulong', 1, 'ulong', 0, 'ulong', 0, 'ulong', 0) < 0) {
    throw new SystemCallError('prctl', lastErrno());
  }
}

/** Ends this process at once: no 'exit' event, nothing flushed. */
export function exitNow(status: number): never {
  _exit(status);
  throw new Error('internal error: _exit returned');
}

/**
 * Sends a signal; 0 only asks whether it could. A negative pid names a process group.
 * @throws {SystemCallError} ESRCH, EPERM, EINVAL
 */
export function kill(pid: number, signal: number): void {
  if (killCall(pid, signal) < 0) throw new SystemCallError('kill', lastErrno());
}
