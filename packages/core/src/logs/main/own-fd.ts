import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

import { errorCode } from '../../errors.ts';

const named: Readonly<Record<string, number>> = {
  '/dev/stdin': 0,
  '/dev/stdout': 1,
  '/dev/stderr': 2,
};

/** As the kernel follows at most. */
const MOST_LINKS = 40;

/**
 * Which of our own file descriptors a path stands for: `/dev/stdout`, `/dev/fd/1`,
 * `/proc/self/fd/1`, or a link to such; undefined if none.
 *
 * To open these by name fails for a socket, for somebody else's pipe, and where the folder is
 * missing; the descriptor itself can always be written to.
 */
export function ownFd(path: string): number | undefined {
  let at = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    const fd = named[at] ?? fdIn(dirname(at), basename(at));
    if (fd !== undefined) return fd;
    const target = linkTarget(at);
    if (target === undefined) return undefined;
    at = resolve(dirname(at), target);
  }
  return undefined;
}

function fdIn(folder: string, name: string): number | undefined {
  if (!/^\d+$/.test(name)) return undefined;
  const isOurs = folder === '/dev/fd' || realFolder(folder) === `/proc/${process.pid}/fd`;
  return isOurs ? Number(name) : undefined;
}

function realFolder(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    // It does not exist or may not be read: it is not ours then.
    return undefined;
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    // What cannot be looked at cannot be opened: whoever opens it says why.
    return undefined;
  }
}
