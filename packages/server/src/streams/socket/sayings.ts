// The messages that the server says on the stream. What many are told alike is encoded once, without
// the id that each of them has given it.
import { faults } from '@tsvisor/rpc';
import type { FaultName } from '@tsvisor/rpc';

/** Every type of message, with what it has beside `type` and `id`. */
export const sayings = {
  subscribed: [],
  states: ['supervisor', 'processes'],
  state: ['process'],
  removed: ['process'],
  supervisor: ['state'],
  usage: ['processes'],
  event: ['time', 'event', 'process', 'group', 'payload'],
  log: ['offset', 'data'],
  missed: ['bytes', 'messages'],
  truncated: ['rotated'],
  ended: [],
  error: ['code', 'fault', 'message'],
} as const satisfies Record<string, readonly string[]>;

export type Saying = keyof typeof sayings;
export type MembersOf<S extends Saying> = {
  readonly [M in (typeof sayings)[S][number]]?: unknown;
};

/** A message without its id: what follows it, up to the end. */
export interface Draft {
  readonly type: Saying;
  readonly rest: string;
}

export function draft<S extends Saying>(type: S, members: MembersOf<S>): Draft {
  const json = JSON.stringify(members);
  return { type, rest: json === '{}' ? '}' : `,${json.slice(1)}` };
}

/** `id` is JSON already. */
export const addressed = (id: string, { type, rest }: Draft): string =>
  `{"type":"${type}","id":${id}${rest}`;

export const refused = (fault: FaultName, message: string): Draft =>
  draft('error', { code: faults[fault].code, fault, message });
