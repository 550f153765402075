/** `watch=`: restarts the processes of a program when its files change. */
import { existsSync } from 'node:fs';

import { namespecText } from '@tsvisor/core';
import type { Cancel, Clock, Logger, Process, ProcessState } from '@tsvisor/core';

import type { Globs } from './globs.ts';
import type { WatchEvents, Watcher } from './place-watcher.ts';
import { placesOf, type Places } from './places.ts';
import { RestartPace } from './restart-pace.ts';
import { programSayings, type Saying } from './sayings.ts';

const RETRY_MS = 60_000;
/** What was to run: one that was stopped, or never started, stays so. */
const meant: ReadonlySet<ProcessState> = new Set([
  'STARTING',
  'RUNNING',
  'BACKOFF',
  'EXITED',
  'FATAL',
]);
/** There was no room for more: there may be later. */
const passing: ReadonlySet<unknown> = new Set(['ENOSPC', 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOENT']);

export interface ProgramWatchOptions {
  readonly globs: Globs;
  readonly debounceMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Those that watch the same files, as there are now. */
  readonly processes: () => readonly Process[];
  /** Whether it is a file that we write ourselves, such as a log. */
  readonly isOurs: (path: string) => boolean;
  /** False from the moment everything is being stopped. */
  readonly isSupervising: () => boolean;
  /** There is no such process any more. */
  readonly gone: () => void;
  readonly watchPlaces: (places: Places, events: WatchEvents) => Promise<Watcher>;
  readonly watchTree: (
    globs: Globs,
    events: WatchEvents,
    fresh?: readonly string[],
  ) => Promise<Watcher>;
}

export class ProgramWatch {
  readonly #options: ProgramWatchOptions;
  readonly #pace = new RestartPace();
  #watchers: readonly Watcher[] = [];
  /** Of the folders in which the patterns begin, what is there. */
  #identities: ReadonlyMap<string, string> = new Map();
  #isOpening = false;
  #isFirst = true;
  /** What has changed first, since the last restart, and when. */
  #changed: { readonly file: string; readonly atMs: number } | undefined;
  #due: Cancel | undefined;
  #retry: Cancel | undefined;
  #toldToWait = false;
  readonly #told = new Set<string>();
  #isRestarting = false;
  #isClosed = false;

  constructor(options: ProgramWatchOptions) {
    this.#options = options;
  }

  /**
   * Begins to watch; anew, once the folders in which the patterns begin are others.
   *
   * @param fresh those of which all that is in them is new
   */
  async open(fresh: readonly string[] = []): Promise<void> {
    if (this.#isOpening || this.#isClosed) return;
    this.#isOpening = true;
    const { globs, watchPlaces, watchTree } = this.#options;
    const { bases } = globs;
    this.#identities = identitiesOf(bases);
    const failed = (error: unknown): void => this.#failed(error);
    const fileChanged = (path: string): void => this.#fileChanged(path);
    const watchers = await Promise.all([
      watchPlaces(placesOf(bases), { failed, changed: () => this.#basesMayHaveChanged() }),
      watchTree(globs, { failed, changed: fileChanged }, fresh),
    ]);
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = watchers;
    this.#isOpening = false;
    if (this.#isClosed) return this.close();
    if (this.#isFirst) this.#say(programSayings.watching(names(this.#options.processes()), bases));
    this.#isFirst = false;
    for (const base of bases) if (!existsSync(base)) this.#tellOnce(base);
    // They may have become others while they were opened.
    this.#basesMayHaveChanged();
  }

  close(): void {
    this.#isClosed = true;
    this.#due?.();
    this.#retry?.();
    for (const watcher of this.#watchers) watcher.close();
  }

  #basesMayHaveChanged(): void {
    if (this.#isOpening || this.#isClosed) return;
    const now = identitiesOf(this.#options.globs.bases);
    const others = [...now.keys()].filter((base) => now.get(base) !== this.#identities.get(base));
    if (others.length === 0 && !this.#watchers.some(({ isStale }) => isStale)) return;
    const gone = others.find((base) => !existsSync(base));
    if (gone !== undefined) this.#fileChanged(gone);
    void this.open(others);
  }

  #fileChanged(file: string): void {
    if (this.#isClosed || this.#options.isOurs(file)) return;
    this.#changed ??= { file, atMs: this.#options.clock.monotonic() };
    // What changes during a restart is taken after it.
    if (!this.#isRestarting) this.#restartSoon();
  }

  #restartSoon(ms = this.#options.debounceMs): void {
    this.#due?.();
    this.#due = this.#options.clock.after(ms, () => void this.#restartUnlessTooSoon());
  }

  async #restartUnlessTooSoon(): Promise<void> {
    const { clock, processes, gone } = this.#options;
    const all = processes();
    if (all.length === 0) return gone();
    const restarted = all.filter(({ state }) => meant.has(state));
    const changed = this.#changed;
    if (changed === undefined || restarted.length === 0) {
      this.#changed = undefined;
      return;
    }
    const { file, atMs } = changed;
    const now = clock.monotonic();
    const waitMs = this.#pace.waitMs(now);
    if (waitMs > 0) {
      if (!this.#toldToWait) {
        const seconds = Math.ceil(waitMs / 1000);
        this.#say(programSayings.waiting(names(restarted), file, seconds, this.#pace.inARow));
      }
      this.#toldToWait = true;
      return this.#restartSoon(waitMs);
    }
    this.#pace.restarted(now, atMs);
    this.#toldToWait = false;
    this.#changed = undefined;
    this.#say(programSayings.restarting(names(restarted), file));
    await this.#restart(restarted);
  }

  async #restart(processes: readonly Process[]): Promise<void> {
    this.#isRestarting = true;
    try {
      await Promise.all(processes.map((process) => this.#restartOne(process)));
    } finally {
      this.#isRestarting = false;
    }
    if (this.#changed !== undefined && !this.#isClosed) this.#restartSoon();
  }

  async #restartOne(process: Process): Promise<void> {
    if (!process.isRunning) return this.#startOne(process);
    process.beginStop();
    await process.whenEnded();
    // It may have been removed, with a program of the same name in its place.
    const isThere = this.#options.processes().includes(process);
    if (isThere && this.#options.isSupervising()) process.startAgain();
  }

  #startOne(process: Process): void {
    try {
      process.beginStart();
    } catch (error) {
      const [name = ''] = names([process]);
      this.#say(programSayings.cannotStart(name, (error as Error).message));
    }
  }

  #failed(error: unknown): void {
    if (this.#isClosed) return;
    const { code, message } = error as NodeJS.ErrnoException;
    const kind = code ?? message;
    if (!this.#told.has(kind)) this.#say(programSayings.cannotWatch(this.#shownName(), message));
    this.#told.add(kind);
    if (!passing.has(code)) return;
    this.#retry?.();
    this.#retry = this.#options.clock.after(RETRY_MS, () => void this.open());
  }

  #tellOnce(base: string): void {
    if (!this.#told.has(base)) this.#say(programSayings.missing(this.#shownName(), base));
    this.#told.add(base);
  }

  #shownName(): string {
    return names(this.#options.processes()).join(', ');
  }

  #say([level, text]: Saying): void {
    this.#options.logger.log(level, text);
  }
}

const names = (processes: readonly Process[]): string[] =>
  processes.map(({ group, name }) => namespecText(group, name));

const identitiesOf = (bases: readonly string[]): Map<string, string> =>
  new Map(bases.map((base) => [base, placesOf([base]).identity]));
