import { rmSync, writeFileSync } from 'node:fs';

import type { Logger } from '@tsvisor/core';

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
      writeFileSync(this.#path, `${pid}\n`);
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
      rmSync(this.#path, { force: true });
    } catch {
      // EACCES, EROFS: it stays behind, and is replaced at the next start.
    }
  }
}
