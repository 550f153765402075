import { SystemCallError } from './errno.ts';
import { lastErrno, waitpid } from './libc.ts';

const WNOHANG = 1;
const EINTR = 4;
const ECHILD = 10;

export interface Reaped {
  readonly pid: number;
  /** As waitpid(2) gives it. */
  readonly status: number;
}

/**
 * Collects one dead child, of whatever origin: also those of child_process, whose 'exit' then
 * never comes, and orphans adopted as pid 1 or subreaper. Undefined if there is none now.
 */
export function waitAny(): Reaped | undefined {
  return wait(-1);
}

/** Collects this child; undefined while it lives, and if it is not, or no longer, a child of ours. */
export function waitFor(pid: number): Reaped | undefined {
  // 0 and below would mean whole process groups.
  return pid > 0 ? wait(pid) : undefined;
}

function wait(pid: number): Reaped | undefined {
  const status = new Int32Array(1);
  for (;;) {
    const found = waitpid(pid, status, WNOHANG);
    if (found > 0) return { pid: found, status: status[0] as number };
    if (found === 0) return undefined;
    const errno = lastErrno();
    if (errno === ECHILD) return undefined;
    if (errno !== EINTR) throw new SystemCallError('waitpid', errno);
  }
}
