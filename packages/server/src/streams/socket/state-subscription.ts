import type { Cancel } from '@tsvisor/core';

import type { Draft } from './sayings.ts';
import type { Change, StateFeed } from './state-feed.ts';
import type { Outlet, Subscription } from './subscription.ts';

/** All states, then each change; of what changes while the client is slow it gets the newest. */
export class StateSubscription implements Subscription {
  readonly #outlet: Outlet;
  readonly #cancel: Cancel;
  readonly #waiting = new Map<string | null, Draft>();

  constructor(outlet: Outlet, feed: StateFeed) {
    this.#outlet = outlet;
    const [whole, cancel] = feed.subscribe((changes) => this.#take(changes));
    this.#cancel = cancel;
    outlet.say(whole);
  }

  drained(): void {
    for (const [of, message] of this.#waiting) {
      if (this.#outlet.isFull) return;
      this.#waiting.delete(of);
      this.#outlet.say(message);
    }
  }

  close(): void {
    this.#cancel();
  }

  #take(changes: readonly Change[]): void {
    for (const [of, message] of changes) {
      if (this.#outlet.isFull || this.#waiting.size > 0) {
        this.#waiting.delete(of);
        this.#waiting.set(of, message);
      } else {
        this.#outlet.say(message);
      }
    }
  }
}
