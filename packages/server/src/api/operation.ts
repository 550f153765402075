// The shape of a row of the table of operations.
import type { Supervisor } from '@tsvisor/core';
import { findMethod } from '@tsvisor/rpc';
import type { FaultName, RpcValue } from '@tsvisor/rpc';

import type { Reply, Request } from '../http/message.ts';
import type { DaemonControl } from '../methods/context.ts';
import type { MethodTable } from '../methods/interfaces.ts';
import type { MainLog } from '../methods/main-log.ts';
import type { Fields, ValuesOf } from './fields.ts';
import type { Schema } from './schema.ts';

/** What operations are about. */
export interface ApiContext {
  readonly supervisor: Supervisor;
  readonly daemon: DaemonControl;
  readonly mainLog: MainLog;
}

/** One request, its parts checked. */
export interface Call<V = unknown> extends ApiContext {
  readonly request: Request;
  /** What stands in the place of `{name}` in the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Values of the query, and of the body. */
  readonly input: V;
  /** Calls a method of the XML-RPC interface, for the role that asks. @throws {Fault} */
  method(name: string, ...parameters: readonly RpcValue[]): RpcValue | Promise<RpcValue>;
  /** Goes on with what nobody waits for; what goes wrong with it is told to the log. */
  forget(work: Promise<unknown>): void;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Operation {
  readonly method: Method;
  /** `{name}` stands for one part, percent-encoded. */
  readonly path: string;
  readonly id: string;
  /** Under which heading it is described. */
  readonly about: Heading;
  readonly summary: string;
  readonly more?: string;
  /** Not for those who may only look. */
  readonly changes: boolean;
  readonly query: Fields;
  /** Said in the query, or as members of the body. */
  readonly either: Fields;
  readonly body: Fields;
  /** Answers when all goes well, by status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Beyond those of a request that is not understood or not allowed. */
  readonly faults: readonly FaultName[];
  /** Statuses of problems that are no fault of the XML-RPC interface. */
  readonly problems: Readonly<Record<number, string>>;
  /** What the document has beside the rest: the header `Range`. */
  readonly headers: Readonly<Record<string, string>>;
  handle(call: Call<never>): Result | Promise<Result>;
}

export type Heading = 'daemon' | 'processes' | 'groups' | 'logs' | 'configuration' | 'events';

export interface Answer {
  readonly description: string;
  /** Undefined: it has no body. */
  readonly schema?: Schema;
  /** Left out: application/json. */
  readonly types?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A document; a reply as it stands; or a status alone. */
export type Result =
  | { readonly status: number; readonly document: unknown; readonly reply?: never }
  | { readonly status: number; readonly document?: never; readonly reply?: never }
  | { readonly reply: Reply; readonly document?: never; readonly status?: never };

export const ok = (document: unknown): Result => ({ status: 200, document });
export const accepted = (document: unknown): Result => ({ status: 202, document });
export const done: Result = { status: 204 };

type Row<Q extends Fields, E extends Fields, B extends Fields> = Pick<
  Operation,
  'method' | 'path' | 'id' | 'about' | 'summary' | 'answers'
> &
  Partial<Pick<Operation, 'more' | 'faults' | 'problems' | 'headers'>> & {
    readonly query?: Q;
    readonly either?: E;
    readonly body?: B;
    handle(call: Call<ValuesOf<Q & E & B>>): Result | Promise<Result>;
  };

// eslint-disable-next-line typescript/no-empty-object-type
type None = {};

/** A row of the table: what is not a GET changes something. */
export function operation<
  Q extends Fields = None,
  E extends Fields = None,
  B extends Fields = None,
>(row: Row<Q, E, B>): Operation {
  return {
    query: {},
    either: {},
    body: {},
    faults: [],
    problems: {},
    headers: {},
    changes: row.method !== 'GET',
    ...row,
  } as Operation;
}

/** How a call reaches the methods. */
export const methodsOf =
  (table: MethodTable): Call['method'] =>
  (name, ...parameters) =>
    findMethod(table, name).call(parameters);
