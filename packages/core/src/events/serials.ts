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
 * so one that nobody subscribes to uses none. It outlives a reload: one per operating system process.
 */
export class Serials {
  readonly #counter = new Counter();
  readonly #taken = new WeakMap<SupervisorEvent, number>();

  of(event: SupervisorEvent): number {
    let serial = this.#taken.get(event);
    if (serial === undefined) {
      serial = this.#counter.take();
      this.#taken.set(event, serial);
    }
    return serial;
  }
}
