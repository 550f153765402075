/** How a method is described: once, for server, client, system.methodHelp and the reference. */
import type { FaultName } from '../faults.ts';
import type { RpcValue } from '../values.ts';

/** The types that system.methodSignature names. */
export type XmlRpcType = 'string' | 'int' | 'boolean' | 'struct' | 'array';

/** `T` is its TypeScript type; `carries` exists for the compiler only. */
export interface Param<T = unknown> {
  readonly name: string;
  readonly type: XmlRpcType;
  readonly doc: string;
  readonly default?: RpcValue;
  readonly carries?: T;
}

export interface OptionalParam<T = unknown> extends Param<T> {
  readonly default: RpcValue;
}

export interface Result<T = unknown> {
  readonly type: XmlRpcType;
  readonly name: string;
  readonly doc: string;
  readonly carries?: T;
}

export interface Method<P extends readonly Param[] = readonly Param[], R = unknown> {
  /** One or more sentences, for the reference and for system.methodHelp. */
  readonly doc: string;
  /** False: it only tells something, and whoever may only look may call it. */
  readonly changes: boolean;
  readonly params: P;
  readonly returns: Result<R>;
  /** Beyond those that every method has: INCORRECT_PARAMETERS, SHUTDOWN_STATE if gated, FORBIDDEN if it changes. */
  readonly faults: readonly FaultName[];
  /** Whether it answers SHUTDOWN_STATE once the daemon is on its way out (rpc.md §8). */
  readonly gated: boolean;
}

export type MethodsByName = Readonly<Record<string, Method>>;

/** A row of a method table: gated and without faults of its own unless it says otherwise. */
export function method<const P extends readonly Param[], R>(row: {
  readonly doc: string;
  readonly changes: boolean;
  readonly params: P;
  readonly returns: Result<R>;
  readonly faults?: readonly FaultName[];
  readonly gated?: boolean;
}): Method<P, R> {
  return { faults: [], gated: true, ...row };
}

export const text = (name: string, doc: string): Param<string> => ({ name, type: 'string', doc });

export const integer = (name: string, doc: string): Param<number> => ({ name, type: 'int', doc });

export function flag(name: string, preset: boolean, doc: string): OptionalParam<boolean> {
  return { name, type: 'boolean', doc, default: preset };
}

export function returns<T>(type: XmlRpcType, name: string, doc: string): Result<T> {
  return { type, name, doc };
}
