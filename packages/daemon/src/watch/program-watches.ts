import { resolve } from 'node:path';

import { workingDirectory } from '@tsvisor/config';
import type { Clock, Logger, Process, Supervisor } from '@tsvisor/core';

import { readGlobs } from './globs.ts';
import { watchPlaces } from './place-watcher.ts';
import { ProgramWatch } from './program-watch.ts';
import { watchTree } from './tree-watcher.ts';

export interface ProgramWatchesOptions {
  readonly supervisor: Supervisor;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The main log and the like. */
  readonly ownFiles: readonly string[];
}

/** The watches of all programs: one for all processes that watch the same files. */
export class ProgramWatches {
  readonly #options: ProgramWatchesOptions;
  readonly #watches = new Map<string, { readonly group: string; readonly watch: ProgramWatch }>();

  constructor(options: ProgramWatchesOptions) {
    this.#options = options;
  }

  /** It is started: from now on its files are watched. */
  started(process: Process): void {
    const key = keyOf(process);
    if (this.#watches.has(key)) return;
    const { supervisor, clock, logger } = this.#options;
    const { watch: patterns, watchDebounceMs: debounceMs } = process.config;
    const watch = new ProgramWatch({
      globs: readGlobs(patterns, rootOf(process)),
      debounceMs,
      clock,
      logger,
      processes: () =>
        (supervisor.group(process.group)?.processes ?? []).filter((one) => keyOf(one) === key),
      isOurs: (path) => this.#isOurs(path),
      isSupervising: () => supervisor.state === 'RUNNING',
      gone: () => this.#close(key),
      watchPlaces,
      watchTree: (globs, events, fresh) => watchTree(globs, events, clock, fresh),
    });
    this.#watches.set(key, { group: process.group, watch });
    void watch.open();
  }

  groupRemoved(name: string): void {
    for (const [key, { group }] of this.#watches) if (group === name) this.#close(key);
  }

  close(): void {
    for (const key of this.#watches.keys()) this.#close(key);
  }

  #close(key: string): void {
    this.#watches.get(key)?.watch.close();
    this.#watches.delete(key);
  }

  #isOurs(path: string): boolean {
    const isLog = (log: string | null): boolean => log !== null && isFileOf(resolve(log), path);
    return (
      this.#options.ownFiles.some(isLog) ||
      this.#options.supervisor.groups.some(({ processes }) =>
        processes.some(
          (process) => isLog(process.log('stdout').path) || isLog(process.log('stderr').path),
        ),
      )
    );
  }
}

/** The file, or one that it was rotated to. */
const isFileOf = (log: string, path: string): boolean =>
  path.startsWith(log) && /^(\.\d+)?$/.test(path.slice(log.length));

const rootOf = ({ config }: Process): string =>
  resolve(workingDirectory(), config.directory ?? '.');

const keyOf = (process: Process): string =>
  JSON.stringify([process.group, rootOf(process), process.config.watch]);
