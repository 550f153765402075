import type { SupervisorEvent } from './types.ts';

/** Counts from 0 and begins anew before a number would be inexact. */
export class Counter {
  #next = 0;

  take(): number {
    const taken = this.#next;
    this.#next = taken === Number.MAX_SAFE_INTEGER ? 0 : taken + 1;
    return taken;
  }
}

/**
 * The numbers that all pools share. An event has its number from the first pool that accepts it,
 * so one that nobody subscribes to uses none. Only the last event is known by its number: all
 * subscribers are told of one before the next goes out. It outlives a reload: one per operating
 * system process.
 */
export class Serials {
  readonly #counter = new Counter();
  #last: SupervisorEvent | undefined;
  #serial = 0;

  of(event: SupervisorEvent): number {
    if (event !== this.#last) {
      this.#last = event;
      this.#serial = this.#counter.take();
    }
    return this.#serial;
  }
}
