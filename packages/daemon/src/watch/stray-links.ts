import { lstatSync, realpathSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';

import { isWithin } from './globs.ts';

/**
 * Whether a folder is a link that is not to be followed: into what it lies in itself, or by somebody
 * whose the target is not. Who may write into a watched folder would have us look through all there
 * is, with our rights.
 */
export function isStrayLink(path: string, target: Pick<Stats, 'uid'>): boolean {
  try {
    const link = lstatSync(path);
    if (!link.isSymbolicLink()) return false;
    if (!isTrusted(link.uid, target.uid, process.getuid?.())) return true;
    return isWithin(realpathSync(path), realpathSync(dirname(path)));
  } catch {
    // It has gone meanwhile.
    return true;
  }
}

/** As the kernel does it in /tmp (protected_symlinks of proc(5)): links of ours, of root, and to what is their own. */
export const isTrusted = (link: number, target: number, own: number | undefined): boolean =>
  link === own || link === 0 || link === target;
