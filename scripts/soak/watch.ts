import { monitorEventLoopDelay } from 'node:perf_hooks';

import { childrenOf, privateDirtyMebibytesOf, statOf } from '../bench/harness/proc.ts';
import type { Sample } from './accounts/memory.ts';
import type { Daemon } from './daemon.ts';
import { elapse } from './wait.ts';

export interface Watched {
  readonly samples: readonly Sample[];
  /** Of getState, while no reload was on. */
  readonly longestMs: number;
  /** Seconds after the beginning. */
  readonly longestAt: number;
  /** How late this program itself was at most: part of the former. */
  readonly ownDelayMs: number;
  readonly probes: number;
  /** Dead children that were not waited for while the daemon gave some answers. */
  readonly zombies: number;
  /** How often an answer took seconds: the daemon was held up, and may have missed a tick. */
  readonly stalls: number;
}

const PROBE_SECONDS = 0.1;
const ZOMBIE_PROBES = 5;
const STALL_MS = 1000;

/** Asks and looks, until it is told to stop. */
export class Watch {
  readonly #daemon: Daemon;
  readonly #samples: Sample[] = [];
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });
  readonly #begun = performance.now();
  readonly #work: Promise<unknown>;
  #longestMs = 0;
  #longestAt = 0;
  #probes = 0;
  readonly #zombies = new Set<number>();
  #stalls = 0;
  #isOver = false;

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
    this.#delay.enable();
    this.#work = Promise.all([this.#probe(), this.#sample()]);
  }

  async stop(): Promise<Watched> {
    this.#isOver = true;
    await this.#work;
    this.#delay.disable();
    return {
      samples: this.#samples,
      longestMs: this.#longestMs,
      longestAt: this.#longestAt,
      ownDelayMs: this.#delay.max / 1e6,
      probes: this.#probes,
      zombies: this.#zombies.size,
      stalls: this.#stalls,
    };
  }

  async #probe(): Promise<void> {
    let client = this.#daemon.client();
    while (!this.#isOver) {
      const asked = performance.now();
      const wasUp = this.#daemon.isUp;
      try {
        await client.call('supervisor.getState', []);
      } catch {
        client.close();
        client = this.#daemon.client();
        await elapse(PROBE_SECONDS);
        // With nobody there the time until somebody is counts, unless a reload is on.
        if (wasUp && this.#daemon.isUp) this.#took(asked);
        continue;
      }
      this.#probes += 1;
      if (wasUp && this.#daemon.isUp) this.#took(asked);
      await elapse(PROBE_SECONDS);
    }
    client.close();
  }

  #took(asked: number): void {
    const waited = performance.now() - asked;
    if (waited > this.#longestMs) {
      this.#longestMs = waited;
      this.#longestAt = (asked - this.#begun) / 1000;
    }
    if (waited > STALL_MS) this.#stalls += 1;
  }

  async #sample(): Promise<void> {
    /** Children that are dead and not waited for, by how many answers there were before. */
    let dead = new Map<number, number>();
    while (!this.#isOver) {
      const { pid } = this.#daemon;
      const seconds = (performance.now() - this.#begun) / 1000;
      this.#samples.push({ seconds, mebibytes: privateDirtyMebibytesOf(pid) });
      const now = childrenOf(pid).filter((child) => statOf(child)?.state === 'Z');
      dead = new Map(now.map((child) => [child, dead.get(child) ?? this.#probes]));
      for (const [child, since] of dead) {
        if (this.#probes - since >= ZOMBIE_PROBES) this.#zombies.add(child);
      }
      await elapse(1);
    }
  }
}
