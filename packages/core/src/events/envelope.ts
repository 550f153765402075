import { payloadOf } from './payload.ts';
import type { SupervisorEvent } from './types.ts';

export interface Address {
  /** The identifier of this supervisord. */
  readonly server: string;
  readonly pool: string;
  readonly serial: number;
  readonly poolSerial: number;
}

/** One event as a listener reads it: a header line, then the payload, and nothing after it. */
export function envelope(event: SupervisorEvent, to: Address): Buffer {
  const payload = payloadOf(event);
  const header =
    `ver:3.0 server:${to.server} serial:${to.serial} pool:${to.pool} ` +
    `poolserial:${to.poolSerial} eventname:${event.type} len:${codePoints(payload)}\n`;
  return Buffer.concat([Buffer.from(header), payload]);
}

/** `len` counts characters where the answer's `RESULT n` counts bytes (events.md §7). */
export function codePoints(utf8: Uint8Array): number {
  let count = 0;
  for (const byte of utf8) if ((byte & 0xc0) !== 0x80) count++;
  return count;
}
