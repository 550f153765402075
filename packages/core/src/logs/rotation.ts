import { renameSync } from 'node:fs';
import { rename } from 'node:fs/promises';

import { errorCode } from '../errors.ts';

type Rename = readonly [from: string, to: string];

/**
 * The renames that make room for a new file, in order (daemon.md §11): every backup becomes one
 * older, the oldest is replaced, gaps stay where they are. None without backups: then the file
 * is only truncated.
 */
function rotationRenames(path: string, backups: number): Rename[] {
  const renames: Rename[] = [];
  for (let n = backups - 1; n >= 1; n--) renames.push([`${path}.${n}`, `${path}.${n + 1}`]);
  if (backups > 0) renames.push([path, `${path}.1`]);
  return renames;
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
