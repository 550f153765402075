import type { SupervisorEvent } from '../../../src/events/types.ts';
import type { Group } from '../../../src/group/group.ts';
import type { Process } from '../../../src/process/process.ts';

/** What becomes of the events that a pool of listeners has been given. */
export class PoolAccount {
  readonly recovers: boolean;
  readonly #names: readonly string[];
  #accepted = 0;
  #processed = 0;

  private constructor(names: readonly string[], recovers: boolean) {
    this.#names = names;
    this.recovers = recovers;
  }

  static of(group: Group | undefined): PoolAccount | undefined {
    if (group?.config.type !== 'eventlistener') return undefined;
    return new PoolAccount(group.config.events, group.config.recoversListeners);
  }

  told({ type }: SupervisorEvent): void {
    if (this.#names.some((name) => name === 'EVENT' || type.startsWith(name))) this.#accepted += 1;
  }

  processed(): void {
    this.#processed += 1;
  }

  /**
   * What is wrong with a pool now that nothing is on its way.
   *
   * @param mayRead whether what is written to a process would reach it
   */
  problem(group: Group, mayRead: (process: Process) => boolean): string | undefined {
    const { name, pool, processes } = group;
    if (pool === undefined) return `${name} is no pool any more`;
    const states = processes.map((process) => group.listenerState(process));
    const busy = states.filter((state) => state === 'BUSY').length;
    const found = this.#processed + pool.discarded + pool.buffered + busy;
    if (found !== this.#accepted) {
      return (
        `${name} was given ${this.#accepted} events: ${this.#processed} dealt with, ` +
        `${pool.discarded} discarded, ${pool.buffered} waiting, ${busy} in hand`
      );
    }
    const dead = processes.find((process, at) => states[at] === 'BUSY' && process.pid === 0);
    if (dead !== undefined) return `an event is in the hands of ${dead.name}, which is dead`;
    const idle = processes.find(
      (process, at) =>
        states[at] === 'READY' &&
        process.state === 'RUNNING' &&
        !process.isStdinClogged &&
        mayRead(process),
    );
    if (idle === undefined || pool.buffered === 0) return undefined;
    return `${pool.buffered} events wait while ${idle.name} is free`;
  }
}
