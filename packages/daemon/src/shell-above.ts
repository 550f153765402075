import { readFileSync } from 'node:fs';

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh', 'busybox']);

/** The shell that is pid 1 and our parent: it keeps what the container is asked to do to itself. */
export function shellAbove(parent: number = process.ppid): string | undefined {
  if (parent !== 1) return undefined;
  try {
    const name = readFileSync('/proc/1/comm', 'utf8').trim();
    return SHELLS.has(name) ? name : undefined;
  } catch {
    // No /proc: nothing can be said.
    return undefined;
  }
}

export const shellWarning = (shell: string): string =>
  `pid 1 is ${shell}, which does not pass TERM on: a stop of the container will not be graceful unless the last command is run by exec`;
