import type { EventType, SupervisorEvent } from './types.ts';

/** Every name that a subscription may use, with its parent. A name without children is emitted. */
export const eventParents = {
  EVENT: null,
  PROCESS_STATE: 'EVENT',
  PROCESS_STATE_STARTING: 'PROCESS_STATE',
  PROCESS_STATE_RUNNING: 'PROCESS_STATE',
  PROCESS_STATE_BACKOFF: 'PROCESS_STATE',
  PROCESS_STATE_STOPPING: 'PROCESS_STATE',
  PROCESS_STATE_EXITED: 'PROCESS_STATE',
  PROCESS_STATE_STOPPED: 'PROCESS_STATE',
  PROCESS_STATE_FATAL: 'PROCESS_STATE',
  PROCESS_STATE_UNKNOWN: 'PROCESS_STATE',
  PROCESS_LOG: 'EVENT',
  PROCESS_LOG_STDOUT: 'PROCESS_LOG',
  PROCESS_LOG_STDERR: 'PROCESS_LOG',
  PROCESS_COMMUNICATION: 'EVENT',
  PROCESS_COMMUNICATION_STDOUT: 'PROCESS_COMMUNICATION',
  PROCESS_COMMUNICATION_STDERR: 'PROCESS_COMMUNICATION',
  REMOTE_COMMUNICATION: 'EVENT',
  SUPERVISOR_STATE_CHANGE: 'EVENT',
  SUPERVISOR_STATE_CHANGE_RUNNING: 'SUPERVISOR_STATE_CHANGE',
  SUPERVISOR_STATE_CHANGE_STOPPING: 'SUPERVISOR_STATE_CHANGE',
  TICK: 'EVENT',
  TICK_5: 'TICK',
  TICK_60: 'TICK',
  TICK_3600: 'TICK',
  PROCESS_GROUP: 'EVENT',
  PROCESS_GROUP_ADDED: 'PROCESS_GROUP',
  PROCESS_GROUP_REMOVED: 'PROCESS_GROUP',
} as const;

export type EventName = keyof typeof eventParents;

type ChildOf<N extends EventName> = {
  [K in EventName]: (typeof eventParents)[K] extends N ? K : never;
}[EventName];
type Covered<N extends EventName> = N extends EventType
  ? N
  : { [K in ChildOf<N>]: Covered<K> }[ChildOf<N>];

/** The events that a subscription to N brings: `EventOf<'TICK'>` is one of the three ticks. */
export type EventOf<N extends EventName> = Extract<SupervisorEvent, { type: Covered<N> }>;

const names = Object.keys(eventParents) as EventName[];
const parents: ReadonlySet<string | null> = new Set(Object.values(eventParents));

/** The names of events that are emitted themselves. */
export const emittedTypes = names.filter((name): name is EventType => !parents.has(name));

export const isEventName = (text: string): text is EventName => Object.hasOwn(eventParents, text);

/**
 * What a subscription to these names brings, each type once however often the names overlap:
 * supervisord queues an event once for each name that matches it (events.md §6).
 */
export function coveredTypes(subscribed: Iterable<EventName>): ReadonlySet<EventType> {
  const wanted = new Set<EventName>(subscribed);
  return new Set(emittedTypes.filter((type) => isWithin(type, wanted)));
}

function isWithin(name: EventName, wanted: ReadonlySet<EventName>): boolean {
  for (let at: EventName | null = name; at !== null; at = eventParents[at]) {
    if (wanted.has(at)) return true;
  }
  return false;
}
