import { namespecText } from '@tsvisor/core';
import type { Cancel, Clock, Supervisor, Usage } from '@tsvisor/core';

import { draft } from './sayings.ts';
import type { Draft } from './sayings.ts';

type Tell = (message: Draft) => void;

/** What the process trees use, for each cadence that somebody wants. */
export class UsageFeeds {
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #feeds = new Map<number, UsageFeed>();

  constructor(supervisor: Supervisor, clock: Clock) {
    this.#supervisor = supervisor;
    this.#clock = clock;
  }

  every(seconds: number): UsageFeed {
    const feed = this.#feeds.get(seconds) ?? new UsageFeed(this.#supervisor, this.#clock, seconds);
    this.#feeds.set(seconds, feed);
    return feed;
  }
}

interface Measured extends Usage {
  /** Another life of a process starts from nothing. */
  readonly pid: number;
}

/** One timer for all who want the same cadence; none while nobody does. */
export class UsageFeed {
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #listeners = new Set<Tell>();
  #cancel: Cancel | undefined;
  #last = new Map<string, Measured>();
  #measuredAt = 0;
  #message: Draft | undefined;

  constructor(supervisor: Supervisor, clock: Clock, everySeconds: number) {
    this.#supervisor = supervisor;
    this.#clock = clock;
    this.#everyMs = everySeconds * 1000;
  }

  /** Tells at once what was measured last, or, if it is the first, what is used now. */
  subscribe(tell: Tell): Cancel {
    this.#listeners.add(tell);
    if (this.#cancel === undefined) this.#wait();
    this.#message ??= this.#measure();
    tell(this.#message);
    return () => {
      this.#listeners.delete(tell);
      if (this.#listeners.size > 0) return;
      this.#cancel?.();
      this.#cancel = undefined;
      this.#message = undefined;
      this.#last.clear();
    };
  }

  #wait(): void {
    this.#cancel = this.#clock.after(this.#everyMs, () => {
      this.#wait();
      const message = (this.#message = this.#measure());
      for (const tell of this.#listeners) tell(message);
    });
  }

  #measure(): Draft {
    const now = this.#clock.monotonic();
    const seconds = (now - this.#measuredAt) / 1000;
    const before = this.#last;
    const usages = this.#supervisor.usage();
    this.#last = new Map();
    this.#measuredAt = now;
    const processes = [];
    for (const group of this.#supervisor.groups) {
      for (const { name, pid } of group.processes) {
        const process = namespecText(group.name, name);
        const usage = usages.get(process);
        if (usage === undefined) continue;
        const { cpuSeconds, memoryBytes, count } = usage;
        const earlier = before.get(process);
        this.#last.set(process, { cpuSeconds, memoryBytes, count, pid });
        const spent = earlier?.pid === pid ? cpuSeconds - earlier.cpuSeconds : null;
        processes.push({ process, cpu: percent(spent, seconds), memory: memoryBytes, count });
      }
    }
    return draft('usage', { processes });
  }
}

/** With a decimal. What processes had used that are no longer counted is not given back. */
const percent = (spent: number | null, seconds: number): number | null =>
  spent === null || seconds <= 0 ? null : Math.max(0, Math.round((spent / seconds) * 1000) / 10);
