import type { Kernel, Reaped } from '../kernel.ts';
import type { Logger } from '../logger.ts';
import { exitStatus } from './exit-status.ts';

/**
 * Which dead children are collected. `any`: also those of unknown origin, such as orphans that
 * pid 1 adopts; nothing else in this program may wait for children then. `own`: only those
 * started here.
 */
export type ReapPolicy = 'any' | 'own';

/** Whose child it is; told of its end, as waitpid(2) gives it. */
export interface Mourner {
  collect(status: number): void;
}

/** Of those that are to come first, so many are looked for each time: it is a system call for each. */
const LOOKED_FOR = 32;

/** The one place that waits for children: knows whose each is, and hands its exit status over. */
export class Reaper {
  readonly #kernel: Kernel;
  readonly #logger: Logger;
  readonly #policy: ReapPolicy;
  /** In the order in which they were started. */
  readonly #children = new Map<number, Mourner>();
  #first = new Set<number>();
  #reaped = 0;
  #strangers = 0;

  constructor(kernel: Kernel, logger: Logger, policy: ReapPolicy) {
    this.#kernel = kernel;
    this.#logger = logger;
    this.#policy = policy;
  }

  /** How many have been collected, ever. */
  get reaped(): number {
    return this.#reaped;
  }

  /** Of those, how many were of unknown origin. */
  get strangers(): number {
    return this.#strangers;
  }

  /** Whether there are children that have not been collected. */
  get isWaiting(): boolean {
    return this.#children.size > 0;
  }

  spawned(mourner: Mourner, pid: number): void {
    this.#children.set(pid, mourner);
  }

  /**
   * These come first from now on, group by group, where several are dead at the same time: as if
   * one group had been waited for after the other.
   */
  collectInTurn(groups: readonly (readonly number[])[]): void {
    const ages = new Map([...this.#children.keys()].map((pid, index) => [pid, index]));
    const age = (pid: number): number => ages.get(pid) ?? -1;
    const inTurn = groups.flatMap((pids) => pids.toSorted((a, b) => age(a) - age(b)));
    this.#first = new Set(inTurn.filter((pid) => ages.has(pid)));
  }

  /** Collects all that are dead now. */
  reap(): void {
    for (const dead of this.#dead()) this.#collected(dead);
  }

  /** Collects this child, if it is dead now. */
  reapOne(pid: number): void {
    if (!this.#children.has(pid)) return;
    const dead = this.#kernel.waitFor(pid);
    if (dead !== undefined) this.#collected(dead);
  }

  #collected({ pid, status }: Reaped): void {
    const mourner = this.#children.get(pid);
    this.#children.delete(pid);
    this.#first.delete(pid);
    this.#reaped += 1;
    if (mourner !== undefined) {
      mourner.collect(status);
      return;
    }
    this.#strangers += 1;
    this.#logger.log('info', `reaped unknown pid ${pid} (${exitStatus(status).text})`);
  }

  *#dead(): Generator<Reaped> {
    let looked = 0;
    for (const pid of this.#first) {
      if (looked++ === LOOKED_FOR) break;
      const dead = this.#kernel.waitFor(pid);
      if (dead !== undefined) yield dead;
    }
    if (this.#policy === 'any') {
      for (let dead = this.#kernel.waitAny(); dead !== undefined; dead = this.#kernel.waitAny()) {
        yield dead;
      }
      return;
    }
    // Whoever is told of an exit may start another, whose turn is the next call.
    const pids = [...this.#children.keys()];
    for (const pid of pids) {
      const dead = this.#kernel.waitFor(pid);
      if (dead !== undefined) yield dead;
    }
  }
}
