import type { Stats } from 'node:fs';

import { lookAt } from './look-at.ts';

export interface NewerFile {
  readonly path: string;
  readonly stats: Stats;
}

/**
 * The files of a log that came after this one, oldest first: backups that were made since, then
 * the one of that name now. None while this one still has the name, or none has it.
 */
export function newerFiles(path: string, current: Stats): readonly NewerFile[] {
  const named = lookAt(path);
  if (named === undefined || isSame(named, current)) return [];
  const backups: NewerFile[] = [];
  for (let n = 1; ; n++) {
    const backup = `${path}.${n}`;
    const stats = lookAt(backup);
    if (stats === undefined) {
      // This one has been removed. What was born later came after it.
      const born = backups.filter((one) => one.stats.birthtimeMs > current.birthtimeMs);
      return [...born.toReversed(), { path, stats: named }];
    }
    if (isSame(stats, current)) return [...backups.toReversed(), { path, stats: named }];
    backups.push({ path: backup, stats });
  }
}

const isSame = (one: Stats, other: Stats): boolean =>
  one.ino === other.ino && one.dev === other.dev;
