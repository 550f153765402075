import type { Cancel, EventBus, EventName, SupervisorEvent } from '@tsvisor/core';

import { eventDocument } from '../event-document.ts';
import { USUAL } from '../events.ts';
import { draft } from './sayings.ts';
import type { Draft } from './sayings.ts';

/** Events as messages; each is worded once, for however many. */
export class EventFeed {
  readonly #events: EventBus;
  readonly #worded = new WeakMap<SupervisorEvent, Draft>();

  constructor(events: EventBus) {
    this.#events = events;
  }

  /** @param names none: the usual ones */
  subscribe(names: readonly EventName[], tell: (message: Draft) => void): Cancel {
    const wanted = names.length === 0 ? USUAL : names;
    return this.#events.subscribe(wanted, (event) => tell(this.#draft(event)));
  }

  #draft(event: SupervisorEvent): Draft {
    const known = this.#worded.get(event);
    if (known !== undefined) return known;
    const made = draft('event', eventDocument(event));
    this.#worded.set(event, made);
    return made;
  }
}
