import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

import type { Cancel, Clock } from '../../clock.ts';
import { SupervisorError } from '../../errors.ts';
import { startOf } from './follow.ts';
import type { Deliver, FollowOptions, Follower } from './follow.ts';
import { lookAt } from './look-at.ts';
import { newerFiles } from './newer-files.ts';
import { ReadingTurn } from './reading-turn.ts';
import { skipTarget } from './skip.ts';

export interface TailOptions extends FollowOptions {
  readonly path: string;
  readonly deliver: Deliver;
  /** For a file that others write: looked at so often, without being told of changes. */
  readonly poll?: { readonly clock: Clock; readonly everyMs: number };
}

const CHUNK_BYTES = 65_536;
const TRUNCATED = '==> File truncated <==\n';

interface Chunk {
  readonly data: Buffer;
  readonly offset: number;
}

/**
 * Follows a log by its name. A device or a pipe, as `/dev/stdout` mostly is, keeps nothing that could
 * be read: its follower is never told anything.
 *
 * @throws {SupervisorError} NO_FILE if there is no such file
 */
export function followLog(options: TailOptions): Follower {
  return keepsNothing(options.path) ? idle : new Tail(options);
}

const idle: Follower = { changed: () => {}, resume: () => {}, close: () => {} };

function keepsNothing(path: string): boolean {
  const stats = lookAt(path);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

/**
 * Follows a log file by its name (rpc.md §4): its last bytes, then all that is added. It holds no
 * more than a chunk, since what a slow reader has not got yet is in the file. After a rotation it
 * first reads the old file to its end, and the backups between.
 */
export class Tail implements Follower {
  readonly #options: TailOptions;
  readonly #turn = new ReadingTurn(() => this.#read());
  #fd: number;
  #position: number;
  /** What was there at the beginning, up to here, does not count as being behind. */
  #backlogEnd: number;
  #cancelPoll: Cancel | undefined;

  /** @throws {SupervisorError} NO_FILE if there is no such file */
  constructor(options: TailOptions) {
    this.#options = options;
    const fd = openFile(options.path);
    if (fd === undefined) throw new SupervisorError('NO_FILE', options.path);
    this.#fd = fd;
    this.#backlogEnd = fstatSync(fd).size;
    this.#position = startOf(this.#backlogEnd, options);
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
    this.#catchUp();
    const chunk = this.#next();
    if (chunk === undefined) return;
    if (this.#options.deliver(chunk.data, { offset: chunk.offset })) this.changed();
    else this.#turn.pause();
  }

  #next(): Chunk | undefined {
    while (!this.#turn.isClosed) {
      const offset = this.#position;
      const data = readAt(this.#fd, offset, CHUNK_BYTES);
      if (data.length > 0) {
        this.#position += data.length;
        return { data, offset };
      }
      const stats = fstatSync(this.#fd);
      const isEmptied = stats.size < offset;
      if (isEmptied) {
        this.#begin(this.#fd);
        if (this.#options.truncated === undefined)
          return { data: Buffer.from(TRUNCATED), offset: 0 };
      } else {
        const next = newerFiles(this.#options.path, stats)[0];
        const fd = next === undefined ? undefined : openFile(next.path);
        if (fd === undefined) return undefined;
        closeSync(this.#fd);
        this.#begin(fd);
      }
      this.#options.truncated?.(isEmptied ? 'emptied' : 'replaced');
    }
    return undefined;
  }

  #begin(fd: number): void {
    this.#fd = fd;
    this.#position = 0;
    this.#backlogEnd = 0;
  }

  /** Skips to the end if too much has been added that is not read yet. */
  #catchUp(): void {
    const { path, mostBehindBytes = Infinity } = this.#options;
    if (mostBehindBytes === Infinity) return;
    const stats = fstatSync(this.#fd);
    const newer = newerFiles(path, stats);
    const behind = newer.reduce((sum, one) => sum + one.stats.size, stats.size - this.#position);
    const backlog = Math.max(0, this.#backlogEnd - this.#position);
    if (behind - backlog <= mostBehindBytes) return;
    const newest = newer.at(-1);
    const fd = newest === undefined ? this.#fd : openFile(newest.path);
    if (fd === undefined) return;
    if (newest !== undefined) {
      closeSync(this.#fd);
      this.#begin(fd);
    }
    const { size } = newest?.stats ?? stats;
    const target = skipTarget((start, length) => readAt(fd, start, length), this.#position, size);
    this.#position = target;
    const missed = behind - (size - target);
    if (missed > 0) this.#options.missed?.(missed);
    if (newest !== undefined && !this.#turn.isClosed) this.#options.truncated?.('replaced');
  }
}

let buffer: Buffer | undefined;

/** A copy of just what is there: a chunk that is kept should keep nothing else. */
function readAt(fd: number, position: number, length: number): Buffer {
  // A byte more than a chunk, as is read to find where a line starts.
  buffer ??= Buffer.allocUnsafe(CHUNK_BYTES + 1);
  return Buffer.from(buffer.subarray(0, readSync(fd, buffer, 0, length, position)));
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
