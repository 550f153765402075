// A socket file that somebody removes, such as a cleaner of /tmp, is made anew.
import { lstatSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

import type { Cancel, Clock, Logger } from '@tsvisor/core';

import { removeSocketFile } from './unix.ts';
import type { SocketFile } from './unix.ts';

/** Whoever removes its folder would otherwise find a new file in it. */
const GRACE_MS = 250;
const RETRY_MS = 1000;

export interface KeptFileOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Listens on a new file in the same place. */
  readonly remake: () => Promise<SocketFile>;
}

/**
 * Watches a socket file of ours. Nobody is woken but by what happens to this very file; where the
 * kernel has no watch left it is not noticed, as in supervisord.
 */
export class KeptFile {
  readonly #options: KeptFileOptions;
  #file: SocketFile;
  #watcher: FSWatcher | undefined;
  #cancelRetry: Cancel | undefined;
  #isMaking = false;
  #isClosed = false;
  /** It has been told that there is none. */
  #isMissing = false;
  /** It has been told that there is another. */
  #isAnothers = false;

  constructor(file: SocketFile, options: KeptFileOptions) {
    this.#file = file;
    this.#options = options;
    this.#watch();
  }

  /** Removes the file, unless another daemon has put its own there. */
  close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
    this.#watcher?.close();
    removeSocketFile(this.#file);
  }

  #watch(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    try {
      // Its last link going is a change of the file itself; its folder would tell of all the others.
      this.#watcher = watch(this.#file.path, { persistent: false }, () => this.#changed());
      this.#watcher.on('error', () => undefined);
    } catch {
      // ENOSPC, EMFILE: no watch is left. ENOENT: it is gone already.
    }
  }

  /** Something has happened to it. */
  #changed(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = this.#options.clock.after(GRACE_MS, () => void this.#look());
  }

  async #look(): Promise<void> {
    if (this.#isClosed || this.#isMaking) return;
    const { path } = this.#file;
    const found = inPlace(this.#file);
    if (found === 'another' && !this.#isAnothers) this.#leaveToAnother(path);
    if (found !== undefined) return;
    this.#isMaking = true;
    try {
      const file = await this.#options.remake();
      if (this.#isClosed) {
        removeSocketFile(file);
        return;
      }
      this.#file = file;
      this.#isMissing = false;
      this.#isAnothers = false;
      this.#options.logger.log('warn', `socket ${path} was removed, and is made anew`);
      this.#watch();
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#isMaking = false;
    }
  }

  #leaveToAnother(path: string): void {
    this.#isAnothers = true;
    this.#options.logger.log('warn', `socket ${path} is somebody else's now, who has our clients`);
    // Until theirs is removed.
    this.#watch();
    if (inPlace(this.#file) === undefined) this.#changed();
  }

  #failed(error: unknown): void {
    const { clock, logger } = this.#options;
    if (!this.#isMissing) {
      const { message } = error as Error;
      logger.log(
        'error',
        `socket ${this.#file.path} was removed, and cannot be made anew: ${message}`,
      );
    }
    this.#isMissing = true;
    this.#cancelRetry = clock.after(RETRY_MS, () => void this.#look());
  }
}

function inPlace({ path, device, inode }: SocketFile): 'ours' | 'another' | undefined {
  try {
    const { dev, ino } = lstatSync(path, { bigint: true });
    return dev === device && ino === inode ? 'ours' : 'another';
  } catch {
    return undefined; // ENOENT; ENOTDIR: its folder is none any more.
  }
}
