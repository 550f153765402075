import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { FSWatcher } from 'chokidar';

import type { Cancel, Clock } from '@tsvisor/core';

import type { Globs } from './globs.ts';

/** The second one is for a machine so busy that the folder was not yet watched at the first. */
const PAUSES_MS = [250, 2000];

/**
 * Looks again at folders that are new, and adds what chokidar does not know of: it lists a folder
 * first and watches it then, and is told of nothing that comes to be in between, nor of anything
 * that happens in there later.
 */
export class SecondLook {
  readonly #watcher: FSWatcher;
  readonly #globs: Globs;
  readonly #clock: Clock;
  readonly #due = new Set<Cancel>();
  /** Those that the next look is at. */
  #batch: string[] | undefined;

  constructor(watcher: FSWatcher, globs: Globs, clock: Clock) {
    this.#watcher = watcher;
    this.#globs = globs;
    this.#clock = clock;
  }

  at(folder: string): void {
    if (this.#batch !== undefined) {
      this.#batch.push(folder);
      return;
    }
    const batch = [folder];
    this.#batch = batch;
    for (const pause of PAUSES_MS) {
      this.#after(pause, () => {
        if (this.#batch === batch) this.#batch = undefined;
        void this.#look(batch);
      });
    }
  }

  close(): void {
    for (const cancel of this.#due) cancel();
    this.#due.clear();
  }

  #after(pauseMs: number, run: () => void): void {
    const cancel = this.#clock.after(pauseMs, () => {
      this.#due.delete(cancel);
      run();
    });
    this.#due.add(cancel);
  }

  async #look(folders: readonly string[]): Promise<void> {
    const known = this.#watcher.getWatched();
    for (const folder of folders) {
      const names = new Set(known[folder]);
      for (const name of await namesIn(folder)) {
        const path = join(folder, name);
        if (names.has(name) || this.#watcher.closed) continue;
        if (this.#globs.matches(path) || this.#globs.leadsTo(path)) this.#watcher.add(path);
      }
    }
  }
}

const namesIn = (folder: string): Promise<string[]> =>
  // It has gone again, or may not be read: chokidar tells of that.
  readdir(folder).catch(() => []);
