import { SystemCallError } from './errno.ts';
import { layOut } from './exec-block.ts';
import { kill, lastErrno, posix_spawn, waitpid } from './libc.ts';
import { childAttributes } from './spawn-settings.ts';

const SIGKILL = 9;
const EINTR = 4;

/**
 * The pid of a child that has come and gone. posix_spawn(3) does not tell which pid its child had
 * when exec failed, and /proc/sys/kernel/ns_last_pid, where it exists, may be somebody else's by
 * the time it is read. So another child, which is killed before it gets anywhere, lends its own:
 * nobody else had it, and it is as new as the one asked for. About 1 ms.
 *
 * It also tells whether a child can be made at all, by us as we are.
 * @throws {SystemCallError} EAGAIN, ENOMEM: it cannot
 */
export function pidOfStandIn(): number {
  const pid = new Int32Array(1);
  const errno = start('/proc/self/exe', pid) && start(process.execPath, pid);
  if (errno !== 0) throw new SystemCallError('posix_spawn', errno);
  kill(pid[0] as number, SIGKILL);
  // It is dying: the only wait here that blocks, for as long as that takes.
  while (waitpid(pid[0] as number, null, 0) < 0 && lastErrno() === EINTR);
  return pid[0] as number;
}

/** Should the signal come late, it is a node that has nothing to do and says nothing. */
function start(file: string, pid: Int32Array): number {
  const { file: path, argv, envp } = layOut(file, ['node', '-e', '0'], {});
  return posix_spawn(pid, path, null, childAttributes(), argv, envp);
}
