import { eventTypes } from '@tsvisor/config';
import type { EventTypeName } from '@tsvisor/config';

import type { EventType, SupervisorEvent } from './types.ts';

/** What a subscription may name: an event, or a parent that stands for all below it. */
export type EventName = EventTypeName;

type ChildOf<N extends EventName> = {
  [K in EventName]: (typeof eventTypes)[K] extends N ? K : never;
}[EventName];
type Covered<N extends EventName> = N extends EventType
  ? N
  : { [K in ChildOf<N>]: Covered<K> }[ChildOf<N>];

/** The events that a subscription to N brings: `EventOf<'TICK'>` is one of the three ticks. */
export type EventOf<N extends EventName> = Narrowed<SupervisorEvent, Covered<N>>;

/** Some events of different types are of one shape: only the types that are meant are left of those. */
type Narrowed<E extends SupervisorEvent, T> = E extends SupervisorEvent
  ? [E['type'] & T] extends [never]
    ? never
    : E & { readonly type: E['type'] & T }
  : never;

/** All that a subscription may name. */
export const eventNames = Object.keys(eventTypes) as readonly EventName[];
const parents: ReadonlySet<string | null> = new Set(Object.values(eventTypes));

/** The names of events that are emitted themselves. */
export const emittedTypes = eventNames.filter((name): name is EventType => !parents.has(name));

/** Whether there is such an event, or a parent of events; code without types may have misspelt it. */
export const isEventName = (name: string): boolean => Object.hasOwn(eventTypes, name);

/**
 * What a subscription to these names brings, each type once however often the names overlap:
 * supervisord queues an event once for each name that matches it (events.md §6).
 */
export function coveredTypes(subscribed: Iterable<EventName>): ReadonlySet<EventType> {
  const wanted = new Set<EventName>(subscribed);
  return new Set(emittedTypes.filter((type) => isWithin(type, wanted)));
}

function isWithin(name: EventName, wanted: ReadonlySet<EventName>): boolean {
  for (let at: EventName | null = name; at !== null; at = eventTypes[at]) {
    if (wanted.has(at)) return true;
  }
  return false;
}
