import { payloadOf } from '@tsvisor/core';
import type { SupervisorEvent } from '@tsvisor/core';

/** What happened, as JSON tells of it. */
export interface EventDocument {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly event: SupervisorEvent['type'];
  /** Whose it is, if it is one process's. */
  readonly process?: string;
  readonly group?: string;
  /** As event listeners get it. */
  readonly payload: string;
}

export function eventDocument(event: SupervisorEvent): EventDocument {
  const time = new Date().toISOString();
  const whose =
    'process' in event ? { process: event.process.name, group: event.process.group } : {};
  return { time, event: event.type, ...whose, payload: payloadOf(event).toString() };
}
