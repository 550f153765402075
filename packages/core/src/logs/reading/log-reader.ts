import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

import { SupervisorError } from '../../errors.ts';
import { readWindow, tailWindow } from './log-window.ts';
import type { Window } from './log-window.ts';
import { lookAt } from './look-at.ts';

/** What the tail methods answer; all numbers are bytes. */
export interface LogTail {
  readonly data: Buffer;
  /** Of the whole log: the offset to ask for next. */
  readonly size: number;
  readonly overflow: boolean;
}

/** A log that can be read: a file by its path, or one in memory. */
export interface LogSource {
  readonly size: number;
  slice(start: number, length: number): Buffer;
}

const NOTHING = Buffer.alloc(0);

/** @throws {SupervisorError} BAD_ARGUMENTS */
export function readFrom(source: LogSource, offset: number, length: number): Buffer {
  const window = readWindow(source.size, offset, length);
  if (window === undefined) throw new SupervisorError('BAD_ARGUMENTS', '');
  return source.slice(window.start, window.length);
}

export function tailFrom(source: LogSource, offset: number, length: number): LogTail {
  const { start, length: there, overflow } = tailWindow(source.size, offset, length);
  return { data: source.slice(start, there), size: source.size, overflow };
}

/**
 * Part of a log file (rpc.md §14).
 *
 * @throws {SupervisorError} NO_FILE with the path, BAD_ARGUMENTS, FAILED if it cannot be read
 */
export function readLogFile(path: string, offset: number, length: number): Buffer {
  if (lookAt(path) === undefined) throw new SupervisorError('NO_FILE', path);
  return withFile(
    path,
    (file) => readFrom(file, offset, length),
    (error) => {
      throw error instanceof SupervisorError ? error : new SupervisorError('FAILED', '');
    },
  );
}

/** The end of a log file; nothing of one that is missing or cannot be read. */
export function tailLogFile(path: string, offset: number, length: number): LogTail {
  if (lookAt(path) === undefined) return { data: NOTHING, size: 0, overflow: false };
  return withFile(
    path,
    (file) => tailFrom(file, offset, length),
    () => ({ data: NOTHING, size: offset, overflow: false }),
  );
}

function withFile<T>(path: string, use: (file: LogSource) => T, failed: (error: unknown) => T): T {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK, a FIFO in the place of a log would stop everything.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    return use(openFile(fd));
  } catch (error) {
    return failed(error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function openFile(fd: number): LogSource {
  const stats = fstatSync(fd);
  // A device keeps nothing that was written to it.
  if (stats.isCharacterDevice()) return { size: 0, slice: () => NOTHING };
  if (!stats.isFile()) throw new Error('not a file');
  return {
    size: stats.size,
    slice: (start, length) => readWindowOf(fd, { start, length }),
  };
}

function readWindowOf(fd: number, { start, length }: Window): Buffer {
  const data = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = readSync(fd, data, done, length - done, start + done);
    if (read === 0) break;
    done += read;
  }
  return data.subarray(0, done);
}
