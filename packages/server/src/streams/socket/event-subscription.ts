import type { Cancel, EventName } from '@tsvisor/core';

import type { EventFeed } from './event-feed.ts';
import { draft } from './sayings.ts';
import type { Draft } from './sayings.ts';
import type { Outlet, Subscription } from './subscription.ts';

/** What is kept for a client that reads too slowly. */
const MOST_WAITING = 1000;
const MOST_WAITING_CHARACTERS = 512 * 1024;

/** Events in their order; what was too much for the client is counted, in its place. */
export class EventSubscription implements Subscription {
  readonly #outlet: Outlet;
  readonly #cancel: Cancel;
  readonly #waiting: Draft[] = [];
  #waitingCharacters = 0;
  #missed = 0;

  constructor(outlet: Outlet, feed: EventFeed, names: readonly EventName[]) {
    this.#outlet = outlet;
    this.#cancel = feed.subscribe(names, (message) => this.#take(message));
  }

  drained(): void {
    let said = 0;
    for (const message of this.#waiting) {
      if (this.#outlet.isFull) break;
      this.#outlet.say(message);
      this.#waitingCharacters -= message.rest.length;
      said += 1;
    }
    this.#waiting.splice(0, said);
    if (this.#waiting.length > 0 || this.#missed === 0 || this.#outlet.isFull) return;
    this.#outlet.say(draft('missed', { messages: this.#missed }));
    this.#missed = 0;
  }

  close(): void {
    this.#cancel();
  }

  #take(message: Draft): void {
    if (!this.#outlet.isFull && this.#waiting.length === 0 && this.#missed === 0) {
      this.#outlet.say(message);
    } else if (this.#hasRoom(message)) {
      this.#waiting.push(message);
      this.#waitingCharacters += message.rest.length;
    } else {
      this.#missed += 1;
    }
  }

  /** What comes after a gap would come before we have told of it. */
  #hasRoom({ rest }: Draft): boolean {
    return (
      this.#missed === 0 &&
      this.#waiting.length < MOST_WAITING &&
      this.#waitingCharacters + rest.length <= MOST_WAITING_CHARACTERS
    );
  }
}
