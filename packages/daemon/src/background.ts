import { pythonRepr, type SupervisordConfig } from '@tsvisor/config';
import type { Logger } from '@tsvisor/core';

/** What of this process changes when it goes into the background; the real one, or a test's. */
export interface ProcessState {
  changeDirectory(path: string): void;
  setUmask(mask: number): void;
  letGoOfStreams(): void;
  /** 2 → `No such file or directory` */
  describeErrno(errno: number): string;
}

/**
 * The rest of daemonizing, once nothing can fail any more that somebody at a terminal should
 * see. Only now do `directory=` and `umask=` count (daemon.md §6).
 */
export function enterBackground(
  { directory, umask }: Pick<SupervisordConfig, 'directory' | 'umask'>,
  process: ProcessState,
  logger: Logger,
): void {
  logger.log('blather', 'supervisord forked; parent exiting');
  logger.log('info', 'daemonizing the supervisord process');
  if (directory !== null) changeDirectory(directory, process, logger);
  process.letGoOfStreams();
  process.setUmask(umask);
}

function changeDirectory(directory: string, process: ProcessState, logger: Logger): void {
  const shown = pythonRepr(directory);
  try {
    process.changeDirectory(directory);
  } catch (error) {
    const errno = Math.abs((error as NodeJS.ErrnoException).errno ?? 0);
    const why = `[Errno ${errno}] ${process.describeErrno(errno)}: ${shown}`;
    logger.log('critical', `can't chdir into ${shown}: ${why}`);
    return;
  }
  logger.log('info', `set current directory: ${shown}`);
}
