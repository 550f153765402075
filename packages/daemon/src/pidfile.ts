import { closeSync, constants, openSync, rmSync, statSync, writeSync } from 'node:fs';

import type { Logger } from '@tsvisor/core';

// Nobody is waited for who might read a FIFO.
const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NONBLOCK;

/** The file that tells others our pid. There is no lock in it: whoever starts last owns it. */
export class Pidfile {
  readonly #path: string;
  #written = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Truncates and writes, mode by umask. A failure is logged, and the daemon goes on without. */
  write(pid: number, logger: Logger): void {
    try {
      const fd = openSync(this.#path, flags);
      try {
        writeSync(fd, `${pid}\n`);
      } finally {
        closeSync(fd);
      }
    } catch {
      logger.log('critical', `could not write pidfile ${this.#path}`);
      return;
    }
    this.#written = true;
    logger.log('info', `supervisord started with pid ${pid}`);
  }

  /** Does nothing if it was not written: what is there then belongs to somebody else. */
  remove(): void {
    if (!this.#written) return;
    this.#written = false;
    try {
      // pidfile=/dev/null is a way to have none.
      if (statSync(this.#path).isFile()) rmSync(this.#path);
    } catch {
      // ENOENT: gone already. EACCES, EROFS: it stays behind, and is replaced at the next start.
    }
  }
}
