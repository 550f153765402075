import type { Group, Supervisor } from '@tsvisor/core';

type Pool = NonNullable<Group['pool']>;

/** Events that pools of listeners have discarded; goes on when a pool is removed and added again. */
export class PoolCounts {
  readonly #supervisor: Pick<Supervisor, 'groups' | 'events'>;
  readonly #last = new Map<string, Pool>();
  /** Of the pools before the last of that name. */
  readonly #former = new Map<string, number>();

  constructor(supervisor: Pick<Supervisor, 'groups' | 'events'>) {
    this.#supervisor = supervisor;
    this.#settle();
    supervisor.events.subscribe('PROCESS_GROUP_REMOVED', ({ group }) => this.#close(group));
  }

  /** By the name of each pool that is there. */
  all(): readonly (readonly [pool: string, count: number])[] {
    this.#settle();
    return [...this.#last].map(([name, { discarded }]) => [name, this.#before(name) + discarded]);
  }

  #settle(): void {
    for (const { name, pool } of this.#supervisor.groups) {
      if (pool === undefined || this.#last.get(name) === pool) continue;
      this.#close(name);
      this.#last.set(name, pool);
    }
  }

  #close(name: string): void {
    const last = this.#last.get(name);
    if (last === undefined || this.#isThere(last)) return;
    this.#former.set(name, this.#before(name) + last.discarded);
    this.#last.delete(name);
  }

  #isThere(pool: Pool): boolean {
    return this.#supervisor.groups.some((group) => group.pool === pool);
  }

  #before(name: string): number {
    return this.#former.get(name) ?? 0;
  }
}
