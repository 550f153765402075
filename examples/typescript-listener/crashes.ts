// Says which program has crashed, how often it did within the last minute, and what state it is in.
import { listen } from '@tsvisor/core/listener';
import type { ReceivedEvent } from '@tsvisor/core/listener';

const WITHIN_MS = 60_000;
const crashes = new Map<string, number[]>();

/** How often within the last minute, this time included. */
function count(name: string, now: number): number {
  const recent = (crashes.get(name) ?? []).filter((time) => now - time < WITHIN_MS);
  crashes.set(name, [...recent, now]);
  return recent.length + 1;
}

/** The line for an event, if it is worth one. */
function report(event: ReceivedEvent): string | undefined {
  switch (event.type) {
    case 'PROCESS_STATE_EXITED':
      if (event.expected) return undefined;
      return `${event.process.name} crashed, number ${count(event.process.name, Date.now())}`;
    case 'PROCESS_STATE_FATAL':
      return `${event.process.name} has been given up`;
    default:
      return undefined;
  }
}

await listen(async (event) => {
  const line = report(event);
  // On stderr: stdout belongs to the protocol.
  if (line !== undefined) console.log(line);
});
