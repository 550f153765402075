import { payloadOf } from '@tsvisor/core';
import type { SupervisorEvent } from '@tsvisor/core';

/** What happened, as JSON tells of it. */
export interface EventDocument {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly event: SupervisorEvent['type'];
  /** Whose it is, if it is one process's. */
  readonly process?: string;
  /** The group of that process, or the one that it is about. */
  readonly group?: string;
  /** As event listeners get it. */
  readonly payload: string;
}

export function eventDocument(event: SupervisorEvent): EventDocument {
  const time = new Date().toISOString();
  return { time, event: event.type, ...whose(event), payload: payloadOf(event).toString() };
}

function whose(event: SupervisorEvent): Pick<EventDocument, 'process' | 'group'> {
  if ('process' in event) return { process: event.process.name, group: event.process.group };
  return 'group' in event ? { group: event.group } : {};
}
