// What a client may say on the stream, read from text. Pure.
import { eventNames } from '@tsvisor/core';
import type { Channel, EventName } from '@tsvisor/core';
import type { FaultName } from '@tsvisor/rpc';

export type Encoding = 'text' | 'base64';

/** Where in a log to begin. */
export interface LogStart {
  /** So many bytes of its end. */
  readonly backlog: number;
  /** This byte instead. */
  readonly offset: number | undefined;
  readonly encoding: Encoding;
}

/** What can be subscribed to. */
export type Wish =
  | { readonly to: 'states' }
  | { readonly to: 'usage'; readonly every: number }
  | { readonly to: 'events'; readonly names: readonly EventName[] }
  | ({ readonly to: 'log'; readonly process: string; readonly channel: Channel } & LogStart)
  | ({ readonly to: 'mainlog' } & LogStart);

export type ClientMessage =
  | { readonly type: 'subscribe'; readonly id: string; readonly wish: Wish }
  | { readonly type: 'unsubscribe'; readonly id: string };

/** A message that cannot be followed; `id` is null if it has none. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code = 'REFUSAL';
  readonly fault: FaultName;
  readonly id: string | null;

  constructor(fault: FaultName, message: string, id: string | null = null) {
    super(message);
    this.fault = fault;
    this.id = id;
  }
}

const MOST_ID_LENGTH = 64;
const MOST_BACKLOG_BYTES = 1024 * 1024;

type Members = Readonly<Record<string, unknown>>;

/** Reads one member; undefined: it is left out. Throws the text of what is wrong with it. */
type Field<T> = (value: unknown) => T;

/** What each kind of subscription takes. */
export const wishes = {
  states: {},
  usage: { every: integer(1, 60, 2) },
  events: { names: listOfEvents },
  log: { process: text, channel: oneOf('stdout', 'stderr'), ...logStart() },
  mainlog: logStart(),
} as const satisfies Record<Wish['to'], Readonly<Record<string, Field<unknown>>>>;

/** @throws {Refusal} */
export function readMessage(said: string): ClientMessage {
  const members = parse(said);
  const { type, id } = members;
  if (type !== 'subscribe' && type !== 'unsubscribe') {
    const known = isId(id) ? id : null;
    throw new Refusal('UNKNOWN_METHOD', 'type must be "subscribe" or "unsubscribe"', known);
  }
  if (!isId(id)) {
    throw new Refusal(
      'INCORRECT_PARAMETERS',
      `id must be a text of 1 to ${MOST_ID_LENGTH} characters`,
    );
  }
  if (type === 'unsubscribe') {
    refuseOthers(members, ['type', 'id'], id);
    return { type, id };
  }
  return { type, id, wish: readWish(members, id) };
}

function parse(said: string): Members {
  let value: unknown;
  try {
    value = JSON.parse(said);
  } catch {
    throw new Refusal('INCORRECT_PARAMETERS', 'the message is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('INCORRECT_PARAMETERS', 'the message is not a JSON object');
  }
  return value as Members;
}

const isId = (id: unknown): id is string =>
  typeof id === 'string' && id !== '' && id.length <= MOST_ID_LENGTH;

function readWish(members: Members, id: string): Wish {
  const { to } = members;
  if (typeof to !== 'string' || !Object.hasOwn(wishes, to)) {
    const known = Object.keys(wishes).join(', ');
    throw new Refusal('INCORRECT_PARAMETERS', `to must be one of ${known}`, id);
  }
  const fields = wishes[to as Wish['to']] as Readonly<Record<string, Field<unknown>>>;
  refuseOthers(members, ['type', 'id', 'to', ...Object.keys(fields)], id);
  if (members['backlog'] !== undefined && members['offset'] !== undefined) {
    throw new Refusal('INCORRECT_PARAMETERS', 'backlog and offset exclude each other', id);
  }
  const read = Object.entries(fields).map(([name, field]) => {
    try {
      return [name, field(members[name])] as const;
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal(error.fault, error.message, id);
      throw new Refusal('INCORRECT_PARAMETERS', `${name} ${(error as Error).message}`, id);
    }
  });
  return { to, ...Object.fromEntries(read) } as Wish;
}

function refuseOthers(members: Members, known: readonly string[], id: string): void {
  const other = Object.keys(members).find((name) => !known.includes(name));
  if (other === undefined) return;
  throw new Refusal(
    'INCORRECT_PARAMETERS',
    `there is no ${JSON.stringify(other.slice(0, 64))} here, only ${known.join(', ')}`,
    id,
  );
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error('must be a text');
  return value;
}

function oneOf<T extends string>(usual: T, ...others: readonly T[]): Field<T> {
  const all = [usual, ...others];
  return (value) => {
    if (value === undefined) return usual;
    const found = all.find((one) => one === value);
    if (found === undefined) throw new Error(`must be one of ${all.join(', ')}`);
    return found;
  };
}

function integer(least: number, most: number, usual: number): Field<number>;
function integer(least: number, most: number): Field<number | undefined>;
function integer(least: number, most: number, usual?: number): Field<number | undefined> {
  return (value) => {
    if (value === undefined) return usual;
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
      throw new Error(`must be a whole number from ${least} to ${most}`);
    }
    return value as number;
  };
}

function listOfEvents(value: unknown): readonly EventName[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error('must be a list of names of events');
  return value.map((one: unknown) => {
    const found = eventNames.find((name) => name === String(one).trim().toUpperCase());
    if (found === undefined) {
      throw new Refusal('BAD_NAME', `there is no event ${String(one).slice(0, 64)}`);
    }
    return found;
  });
}

function logStart() {
  return {
    backlog: integer(0, MOST_BACKLOG_BYTES, 1024),
    offset: integer(0, Number.MAX_SAFE_INTEGER),
    encoding: oneOf<Encoding>('text', 'base64'),
  } as const;
}
