import { SystemCallError } from './errno.ts';
import { layOut } from './exec-block.ts';
import { kill, posix_spawn } from './libc.ts';
import { childAttributes } from './spawn-settings.ts';

const SIGKILL = 9;

/**
 * The pid of a child that has come and is going. posix_spawn(3) does not tell which pid its child
 * had when exec failed, and /proc/sys/kernel/ns_last_pid, where it exists, may be somebody else's by
 * the time it is read. So another child, which is killed before it gets anywhere, lends its own:
 * nobody else had it, it is as new as the one asked for, and it stays until somebody waits for it,
 * as the dead do. About 1 ms.
 *
 * It also tells whether a child can be made at all, by us as we are.
 * @throws {SystemCallError} EAGAIN, ENOMEM: it cannot
 */
export function pidOfStandIn(): number {
  const pid = new Int32Array(1);
  const errno = start('/proc/self/exe', pid) && start(process.execPath, pid);
  if (errno !== 0) throw new SystemCallError('posix_spawn', errno);
  kill(pid[0] as number, SIGKILL);
  return pid[0] as number;
}

/** Should the signal come late, it is a node that has nothing to do and says nothing. */
function start(file: string, pid: Int32Array): number {
  const { file: path, argv, envp } = layOut(file, ['node', '-e', '0'], {});
  return posix_spawn(pid, path, null, childAttributes(), argv, envp);
}
