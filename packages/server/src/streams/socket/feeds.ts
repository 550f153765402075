import type { Clock, Supervisor } from '@tsvisor/core';

import { EventFeed } from './event-feed.ts';
import { Places } from './places.ts';
import { StateFeed } from './state-feed.ts';
import { UsageFeeds } from './usage-feed.ts';

/** What all who subscribe to the same share. They do nothing while nobody does. */
export interface Feeds {
  readonly states: StateFeed;
  readonly events: EventFeed;
  readonly usage: UsageFeeds;
  readonly places: Places;
}

const known = new WeakMap<Supervisor, Feeds>();

/** One of each for all servers of a supervisor. */
export function feedsOf(supervisor: Supervisor, clock: Clock): Feeds {
  const found = known.get(supervisor);
  if (found !== undefined) return found;
  const made = {
    states: new StateFeed(supervisor),
    events: new EventFeed(supervisor.events),
    usage: new UsageFeeds(supervisor, clock),
    places: new Places(),
  };
  known.set(supervisor, made);
  return made;
}
