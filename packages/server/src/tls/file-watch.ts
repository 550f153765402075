import { statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename } from 'node:path';

import { placesOf } from './places.ts';

interface Watched {
  readonly watcher: FSWatcher;
  names: ReadonlySet<string>;
}

/**
 * Tells when something may have happened to what the paths lead to. It watches directories, since
 * a file is mostly replaced by another one of its name.
 */
export class FileWatch {
  readonly #paths: readonly string[];
  readonly #changed: () => void;
  readonly #report: (directory: string, error: unknown) => void;
  /** By path and inode: another directory may have taken its place. */
  readonly #watched = new Map<string, Watched>();
  readonly #failed = new Set<string>();

  constructor(
    paths: readonly string[],
    changed: () => void,
    report: (directory: string, error: unknown) => void,
  ) {
    this.#paths = paths;
    this.#changed = changed;
    this.#report = report;
  }

  /** Watches where the paths lead now. Returns whether that is somewhere it did not watch before. */
  refresh(): boolean {
    const wanted = this.#wanted();
    for (const [key, { watcher }] of this.#watched) {
      if (wanted.has(key)) continue;
      watcher.close();
      this.#watched.delete(key);
    }
    let isNew = false;
    for (const [key, { directory, names }] of wanted) {
      const watched = this.#watched.get(key);
      if (watched !== undefined) watched.names = names;
      else if (this.#watch(key, directory, names)) isNew = true;
    }
    return isNew;
  }

  close(): void {
    for (const { watcher } of this.#watched.values()) watcher.close();
    this.#watched.clear();
  }

  #wanted(): Map<string, { readonly directory: string; readonly names: Set<string> }> {
    const wanted = new Map<string, { directory: string; names: Set<string> }>();
    for (const { directory, name } of this.#paths.flatMap(placesOf)) {
      const found = statSync(directory, { throwIfNoEntry: false });
      if (found === undefined) continue;
      const key = `${found.dev}:${found.ino}:${directory}`;
      // Its own name stands in the events of its removal and renaming.
      const place = wanted.get(key) ?? { directory, names: new Set([basename(directory)]) };
      place.names.add(name);
      wanted.set(key, place);
    }
    return wanted;
  }

  #watch(key: string, directory: string, names: ReadonlySet<string>): boolean {
    try {
      const watcher = watch(directory, { persistent: false });
      const watched: Watched = { watcher, names };
      watcher.on('change', (_type, name) => {
        if (name === null || watched.names.has(String(name))) this.#changed();
      });
      watcher.on('error', () => {
        this.#watched.delete(key);
        watcher.close();
        this.#changed();
      });
      this.#watched.set(key, watched);
      this.#failed.delete(directory);
      return true;
    } catch (error) {
      // The limits of inotify(7), a file system that has no such thing: said once.
      if (!this.#failed.has(directory)) this.#report(directory, error);
      this.#failed.add(directory);
      return false;
    }
  }
}
