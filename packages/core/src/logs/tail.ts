import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';

import type { Cancel, Clock } from '../clock.ts';
import { SupervisorError } from '../errors.ts';
import { ReadingTurn } from './reading-turn.ts';

/** What streams a log to a reader that may be slow. */
export interface Follower {
  /** There may be something new. */
  changed(): void;
  /** The reader has room again. */
  resume(): void;
  close(): void;
}

export interface TailOptions {
  readonly path: string;
  /** May keep the chunk; returns false if it wants no more until `resume`. */
  readonly deliver: (chunk: Buffer) => boolean;
  /** For a file that others write: looked at so often, without being told of changes. */
  readonly poll?: { readonly clock: Clock; readonly everyMs: number };
}

/** So much of what was there before is sent. */
export const TAIL_START_BYTES = 1024;
const CHUNK_BYTES = 65_536;
/** Read at one go, before others have their turn. */
const CHUNKS_AT_ONCE = 8;
const TRUNCATED = '==> File truncated <==\n';

/**
 * Follows a log file by its name (rpc.md §4): its last 1024 bytes, then all that is added. It
 * holds no more than a chunk, since what a slow reader has not got yet is in the file. After a
 * rotation it first reads the old file to its end, and the backups between.
 */
export class Tail implements Follower {
  readonly #options: TailOptions;
  readonly #turn = new ReadingTurn(() => this.#read());
  #fd: number;
  #position: number;
  #cancelPoll: Cancel | undefined;

  /** @throws {SupervisorError} NO_FILE if there is no such file */
  constructor(options: TailOptions) {
    this.#options = options;
    const fd = openFile(options.path);
    if (fd === undefined) throw new SupervisorError('NO_FILE', options.path);
    this.#fd = fd;
    this.#position = Math.max(0, fstatSync(fd).size - TAIL_START_BYTES);
    this.#poll();
    this.changed();
  }

  changed(): void {
    this.#turn.changed();
  }

  resume(): void {
    this.#turn.resume();
  }

  close(): void {
    if (this.#turn.isClosed) return;
    this.#turn.close();
    this.#cancelPoll?.();
    closeSync(this.#fd);
  }

  #poll(): void {
    const { poll } = this.#options;
    this.#cancelPoll = poll?.clock.after(poll.everyMs, () => {
      this.changed();
      this.#poll();
    });
  }

  #read(): void {
    for (let chunks = 0; chunks < CHUNKS_AT_ONCE; chunks++) {
      if (this.#turn.isClosed) return;
      const chunk = this.#next();
      if (chunk === undefined) return;
      if (!this.#options.deliver(chunk)) {
        this.#turn.pause();
        return;
      }
    }
    this.changed();
  }

  #next(): Buffer | undefined {
    for (;;) {
      const data = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = readSync(this.#fd, data, 0, CHUNK_BYTES, this.#position);
      if (length > 0) {
        this.#position += length;
        return data.subarray(0, length);
      }
      const stats = fstatSync(this.#fd);
      if (stats.size < this.#position) {
        this.#position = 0;
        return Buffer.from(TRUNCATED);
      }
      const next = this.#successor(stats);
      if (next === undefined) return undefined;
      closeSync(this.#fd);
      this.#fd = next;
      this.#position = 0;
    }
  }

  /** The file that came after this one: the one of that name now, or the backup made last but one. */
  #successor(current: Stats): number | undefined {
    const { path } = this.#options;
    const named = lookAt(path);
    if (named === undefined || isSame(named, current)) return undefined;
    let newer = path;
    for (let n = 1; ; n++) {
      const backup = lookAt(`${path}.${n}`);
      if (backup === undefined) return openFile(path);
      if (isSame(backup, current)) return openFile(newer);
      newer = `${path}.${n}`;
    }
  }
}

const isSame = (one: Stats, other: Stats): boolean =>
  one.ino === other.ino && one.dev === other.dev;

function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // EACCES and the like: as if it were not there.
    return undefined;
  }
}

function openFile(path: string): number | undefined {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    if (fstatSync(fd).isFile()) return fd;
    closeSync(fd);
  } catch {
    // Gone, or not to be read: there is nothing to follow.
  }
  return undefined;
}
