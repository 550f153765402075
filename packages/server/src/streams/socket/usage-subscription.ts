import type { Cancel } from '@tsvisor/core';

import type { Outlet, Subscription } from './subscription.ts';
import type { UsageFeed } from './usage-feed.ts';

/** What was used a while ago is nobody's concern: a slow client is just not told. */
export class UsageSubscription implements Subscription {
  readonly #cancel: Cancel;

  constructor(outlet: Outlet, feed: UsageFeed) {
    this.#cancel = feed.subscribe((message) => {
      if (!outlet.isFull) outlet.say(message);
    });
  }

  drained(): void {
    // The next one will do.
  }

  close(): void {
    this.#cancel();
  }
}
