import { acceptsCount, fault, methodHelp, methodSignature } from '@tsvisor/rpc';
import type { NamedMethod, RpcValue } from '@tsvisor/rpc';

/** A method that clients can call. */
export interface Callable {
  /** For system.methodHelp. */
  readonly help: string;
  /** The type that it returns, then those of its parameters; undefined: not known. */
  readonly signature: readonly string[] | undefined;
  /** Not for those who may only look. */
  readonly changes: boolean;
  /**
   * Throws, or returns, what is known at once; a promise is for what takes time.
   *
   * @throws {Fault}
   */
  call(parameters: readonly RpcValue[]): RpcValue | Promise<RpcValue>;
  /** What those who may only look are answered instead, where not all is for them. */
  readonly discreet?: (parameters: readonly RpcValue[]) => RpcValue | Promise<RpcValue>;
}

/** A namespace, its methods by their names within it. */
export type Namespace = readonly [name: string, methods: ReadonlyMap<string, Callable>];

/** A method of the contract: a wrong number of parameters never gets as far as `call`. */
export function callable(
  row: NamedMethod,
  call: Callable['call'],
  discreet?: Callable['call'],
): Callable {
  const counted =
    (answer: Callable['call']): Callable['call'] =>
    (parameters) => {
      if (!acceptsCount(row, parameters.length)) throw fault('INCORRECT_PARAMETERS');
      return answer(parameters);
    };
  return {
    help: methodHelp(row),
    signature: methodSignature(row),
    changes: row.changes,
    call: counted(call),
    ...(discreet && { discreet: counted(discreet) }),
  };
}

/** The name of a method within its namespace. */
export const localName = ({ name }: NamedMethod): string => name.slice(name.indexOf('.') + 1);
