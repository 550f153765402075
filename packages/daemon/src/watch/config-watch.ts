/** `watch_config=`: what a change of the configuration's files leads to. */
import { changesOutsideGroups } from '@tsvisor/config';
import type { Config, ReadingObserver } from '@tsvisor/config';
import type { Cancel, Clock, Logger, Supervisor } from '@tsvisor/core';

import { changedFile, main, readAll, whyBroken, type ConfigReading } from './config-reading.ts';
import type { WatchEvents, Watcher } from './place-watcher.ts';
import { placesOf, type Places } from './places.ts';
import { configSayings, type Saying } from './sayings.ts';

/** Several files are often written one after another. */
const QUIET_MS = 500;
const RETRY_MS = 60_000;
/** Folders that come and go all the time are looked at again with their next change. */
const MOST_ROUNDS = 5;

export interface ConfigWatchOptions {
  /** What was read at the start; its servers and the like are in force. */
  readonly started: Config;
  readonly supervisor: Pick<Supervisor, 'state' | 'update' | 'updatePlan'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly read: (observer: ReadingObserver) => Config;
  /** What of a configuration can only be checked by loading it. @throws {RpcInterfaceError} */
  readonly check: (config: Config) => Promise<void>;
  readonly watch: (places: Places, events: WatchEvents) => Promise<Watcher>;
}

export class ConfigWatch {
  readonly #options: ConfigWatchOptions;
  #watcher: Watcher | undefined;
  /** Of what the watcher watches. */
  #identity: string | undefined;
  #last: ConfigReading | undefined;
  /** What a reload is needed for, as it was said last. */
  #toldOfReload = '';
  #hasTrouble = false;
  #due: Cancel | undefined;
  #isBusy = false;
  #isClosed = false;

  constructor(options: ConfigWatchOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#look();
  }

  close(): void {
    this.#isClosed = true;
    this.#due?.();
    this.#watcher?.close();
  }

  /** Looks once nothing has changed for a moment; never twice at a time. */
  #soon(ms = QUIET_MS): void {
    this.#due?.();
    if (this.#isClosed) return;
    this.#due = this.#options.clock.after(ms, () => {
      this.#due = undefined;
      if (this.#isBusy) this.#soon();
      else void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#isBusy = true;
    try {
      const reading = await this.#readWatched();
      if (!this.#isClosed) await this.#take(reading);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Reads after everything that it depends on is watched, so that no change escapes. */
  async #readWatched(): Promise<ConfigReading> {
    const { read } = this.#options;
    let reading = readAll(read);
    for (let round = 0; round < MOST_ROUNDS && (await this.#watch(reading)); round++) {
      reading = readAll(read);
    }
    return reading;
  }

  /** @returns whether something is watched that was not before */
  async #watch({ files, patterns, outcome }: ConfigReading): Promise<boolean> {
    // A reading that failed has not come to all patterns.
    const known = typeof outcome === 'string' ? (this.#last?.patterns ?? []) : [];
    const places = placesOf([...files.keys()].slice(0, 1), [...new Set([...patterns, ...known])]);
    const isWatched = places.identity === this.#identity && this.#watcher?.isStale === false;
    if (isWatched || this.#isClosed) return false;
    this.#identity = places.identity;
    let failed = false;
    const watcher = await this.#options.watch(places, {
      changed: () => this.#soon(),
      failed: (error) => {
        failed = true;
        this.#trouble(error);
      },
    });
    this.#watcher?.close();
    this.#watcher = watcher;
    if (this.#isClosed) watcher.close();
    if (!failed) this.#hasTrouble = false;
    return true;
  }

  #trouble(error: unknown): void {
    if (this.#isClosed) return;
    if (!this.#hasTrouble) this.#say(configSayings.cannotWatch((error as Error).message));
    this.#hasTrouble = true;
    this.#identity = undefined;
    this.#soon(RETRY_MS);
  }

  async #take(reading: ConfigReading): Promise<void> {
    const { started } = this.#options;
    const last = this.#last;
    this.#last = reading;
    if (last === undefined) {
      const files = [...reading.files.keys()];
      this.#say(configSayings.watching(started.supervisord.watchConfig, files));
    }
    const file = last === undefined ? main(reading) : changedFile(last, reading);
    if (file === undefined) return;
    const { outcome } = reading;
    const why = typeof outcome === 'string' ? outcome : await this.#whyRefused(outcome);
    if (why !== undefined) this.#say(configSayings.broken(file, why));
    else await this.#compare(outcome as Config, file, last === undefined);
  }

  async #whyRefused(config: Config): Promise<string | undefined> {
    try {
      await this.#options.check(config);
      return undefined;
    } catch (error) {
      return whyBroken(error);
    }
  }

  async #compare(config: Config, file: string, isFirst: boolean): Promise<void> {
    const { supervisor, started } = this.#options;
    if (this.#isClosed || supervisor.state !== 'RUNNING') return;
    const changes = supervisor.updatePlan(config);
    const others = changesOutsideGroups(started, config);
    const isSame = Object.values(changes).every((groups) => groups.length === 0);
    const isUpdate = started.supervisord.watchConfig === 'update';
    if (isSame && others.length === 0 && !isFirst) this.#say(configSayings.same(file));
    if (!isSame) {
      this.#say(
        isUpdate ? configSayings.begins(file, changes) : configSayings.wouldDo(file, changes),
      );
    }
    if (others.length > 0 && others.join() !== this.#toldOfReload) {
      this.#say(configSayings.needsReload(others));
    }
    this.#toldOfReload = others.join();
    if (isUpdate && !isSame) await this.#update(config);
  }

  async #update(config: Config): Promise<void> {
    try {
      const { failed, ...done } = await this.#options.supervisor.update(config);
      if (this.#options.supervisor.state !== 'RUNNING') return;
      for (const failure of failed) this.#say(configSayings.failed(failure));
      this.#say(configSayings.updated(done));
    } catch (error) {
      // Everything is being stopped.
      if ((error as { code?: unknown }).code !== 'SHUTDOWN_STATE') throw error;
    }
  }

  #say([level, text]: Saying): void {
    this.#options.logger.log(level, text);
  }
}
