import { readdirSync, renameSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { errorCode } from '../../errors.ts';

type Rename = readonly [from: string, to: string];

/** Up to here it is cheaper to try each rename than to read the folder. */
const FEW = 100;

/**
 * The renames that make room for a new file, in order (daemon.md §11): every backup becomes one
 * older, the oldest is replaced, gaps stay where they are. None without backups: then the file
 * is only truncated.
 */
function rotationRenames(path: string, backups: number): Rename[] {
  const numbers = backups > FEW ? numbersThere(path) : countDownFrom(backups - 1);
  const renames = numbers
    .filter((n) => n < backups)
    .map((n): Rename => [`${path}.${n}`, `${path}.${n + 1}`]);
  if (backups > 0) renames.push([path, `${path}.1`]);
  return renames;
}

const countDownFrom = (last: number): number[] =>
  Array.from({ length: Math.max(0, last) }, (_, index) => last - index);

/** The numbers of the backups that there are, the greatest first. */
function numbersThere(path: string): number[] {
  const start = `${basename(path)}.`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(start) && /^[1-9]\d*$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)))
    .sort((one, other) => other - one);
}

/** @throws the system's error at the first rename that fails; a file that isn't there is no failure */
export function rotateNow(path: string, backups: number): void {
  for (const [from, to] of rotationRenames(path, backups)) {
    try {
      renameSync(from, to);
    } catch (error) {
      ignoreMissing(error);
    }
  }
}

/** The same for a slow disk: other files are served meanwhile. */
export async function rotateInBackground(path: string, backups: number): Promise<void> {
  for (const [from, to] of rotationRenames(path, backups)) {
    await rename(from, to).catch(ignoreMissing);
  }
}

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== 'ENOENT') throw error;
}
