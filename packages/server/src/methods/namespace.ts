import type { NamedMethod, RpcValue } from '@tsvisor/rpc';

/** A method that clients can call. */
export interface Callable {
  /** For system.methodHelp. */
  readonly help: string;
  /** The type that it returns, then those of its parameters; undefined: not known. */
  readonly signature: readonly string[] | undefined;
  /**
   * Throws, or returns, what is known at once; a promise is for what takes time.
   *
   * @throws {Fault}
   */
  call(parameters: readonly RpcValue[]): RpcValue | Promise<RpcValue>;
}

/** A namespace, its methods by their names within it. */
export type Namespace = readonly [name: string, methods: ReadonlyMap<string, Callable>];

/** The name of a method within its namespace. */
export const localName = ({ name }: NamedMethod): string => name.slice(name.indexOf('.') + 1);
