import { closeSync, constants, fstatSync, openSync, statSync, unlinkSync } from 'node:fs';

import { errorCode } from '../../errors.ts';
import { rotateInBackground, rotateNow } from './rotation.ts';

export interface LogFileOptions {
  readonly path: string;
  /** Rotated once it has this size; 0: never. */
  readonly maxBytes: number;
  readonly backups: number;
  /** In a folder that others may write to: a link in the file's place is refused. */
  readonly noFollow?: boolean;
}

const { O_WRONLY, O_CREAT, O_APPEND, O_TRUNC, O_NOFOLLOW, O_NOCTTY } = constants;

/**
 * An open log file and what its name stands for. Whatever fails, a file stays open: a new one
 * is opened before the old one is let go.
 *
 * Always in append mode, after a rotation too: then copytruncate leaves no hole, and two
 * channels with one file do not overwrite each other.
 */
export class LogFile {
  readonly #options: LogFileOptions;
  #fd: number;
  #rotates = false;
  /** As far as known: what others append or cut is noticed at the next look. */
  #size = 0;
  #sinceLook = 0;
  readonly #left: number[] = [];

  /** @throws the system's error */
  constructor(options: LogFileOptions) {
    this.#options = options;
    this.#fd = this.#open(0);
    this.#look();
  }

  get fd(): number {
    return this.#fd;
  }

  /**
   * Counts what was written.
   *
   * @returns whether the file has reached its limit
   */
  wrote(bytes: number): boolean {
    if (!this.#rotates) return false;
    const { maxBytes } = this.#options;
    this.#size += bytes;
    this.#sinceLook += bytes;
    // A look costs as much as a small write: one for each eighth of the file.
    if (this.#size < maxBytes && this.#sinceLook < maxBytes / 8) return false;
    this.#look();
    return this.#size >= maxBytes;
  }

  /** @throws the system's error; the file stays in use as it is */
  rotate(): void {
    const moved = this.#isInPlace();
    if (moved) rotateNow(this.#options.path, this.#options.backups);
    this.#renew(moved ? O_TRUNC : 0);
  }

  /** The same for a slow disk: others are served while files are renamed. */
  async rotateInBackground(): Promise<void> {
    const moved = this.#isInPlace();
    if (moved) await rotateInBackground(this.#options.path, this.#options.backups);
    this.#renew(moved ? O_TRUNC : 0);
  }

  /** @throws the system's error; the file stays in use as it is */
  reopen(): void {
    this.#renew(0);
  }

  /** @throws the system's error, but for a file that is gone already */
  remove(): void {
    try {
      unlinkSync(this.#options.path);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  /** Closes what earlier names stood for; a write to it may still have been under way. */
  closeLeft(): void {
    for (const fd of this.#left.splice(0)) closeSync(fd);
  }

  close(): void {
    this.closeLeft();
    closeSync(this.#fd);
  }

  #open(flags: number): number {
    const follow = this.#options.noFollow === true ? O_NOFOLLOW : 0;
    return openSync(
      this.#options.path,
      O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | flags | follow,
      0o666,
    );
  }

  #renew(flags: number): void {
    const fd = this.#open(flags);
    this.#left.push(this.#fd);
    this.#fd = fd;
    this.#look();
  }

  #look(): void {
    const stats = fstatSync(this.#fd);
    this.#rotates = this.#options.maxBytes > 0 && stats.isFile();
    this.#size = stats.size;
    this.#sinceLook = 0;
  }

  /** Somebody else may have moved the file away, and perhaps begun a new one, which is used then. */
  #isInPlace(): boolean {
    const named = statSync(this.#options.path, { throwIfNoEntry: false });
    const open = fstatSync(this.#fd);
    return named !== undefined && named.ino === open.ino && named.dev === open.dev;
  }
}
