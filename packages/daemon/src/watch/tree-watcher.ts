import type { Stats } from 'node:fs';

import { watch } from 'chokidar';

import type { Clock } from '@tsvisor/core';

import { isWithin, type Globs } from './globs.ts';
import type { WatchEvents, Watcher } from './place-watcher.ts';
import { SecondLook } from './second-look.ts';
import { isStrayLink } from './stray-links.ts';

/**
 * Watches the files that patterns match, those that come to be too; resolves once it does.
 *
 * @param fresh folders, or files, of which all that matches is new
 */
export async function watchTree(
  globs: Globs,
  events: WatchEvents,
  clock: Clock,
  fresh: readonly string[] = [],
): Promise<Watcher> {
  let isReady = globs.bases.length === 0;
  let isStale = false;
  const isIgnored = (path: string, stats?: Stats): boolean => {
    if (globs.isExcepted(path)) return true;
    if (stats === undefined || stats.isSymbolicLink()) return false;
    if (stats.isDirectory()) {
      const isNamed = globs.bases.includes(path);
      return !globs.leadsTo(path) || (!isNamed && isStrayLink(path, stats));
    }
    // A socket or a pipe is made anew by programs that start.
    return !stats.isFile() || !globs.matches(path);
  };
  // What is there at first is told of, too: so is then what is added by hand.
  const watcher = watch([...globs.bases], { ignoreInitial: false, ignored: isIgnored });
  const secondLook = new SecondLook(watcher, globs, clock);
  const isFresh = (path: string): boolean => isReady || fresh.some((base) => isWithin(base, path));
  watcher.on('all', (event, path) => {
    if (event === 'unlinkDir' && globs.bases.includes(path)) isStale = true;
    if (event === 'addDir' && isFresh(path)) secondLook.at(path);
    if (event === 'addDir' || event === 'unlinkDir' || !globs.matches(path)) return;
    if (event !== 'add' || isFresh(path)) events.changed(path);
  });
  watcher.on('error', (error) => events.failed(error));
  if (!isReady) await new Promise<void>((done) => void watcher.once('ready', done));
  isReady = true;
  return {
    get isStale() {
      return isStale;
    },
    close() {
      secondLook.close();
      void watcher.close();
    },
  };
}
