/** The contract: every method that a client may call, with its types, faults and description. */
import { daemonMethods } from './methods/daemon.ts';
import type { Method, MethodsByName, OptionalParam, Param } from './methods/define.ts';
import { logMethods } from './methods/logs.ts';
import { ownMethods } from './methods/own.ts';
import { processMethods } from './methods/processes.ts';
import { systemMethods } from './methods/system.ts';
import type { RpcValue } from './values.ts';

export const supervisorMethods = { ...daemonMethods, ...processMethods, ...logMethods };

/** Older names, which are listed and answered like the methods that they stand for. */
export const supervisorAliases = {
  getVersion: 'getAPIVersion',
  readMainLog: 'readLog',
  readProcessLog: 'readProcessStdoutLog',
  tailProcessLog: 'tailProcessStdoutLog',
  clearProcessLog: 'clearProcessLogs',
} as const satisfies Record<string, keyof typeof supervisorMethods>;

export { ownMethods, systemMethods };

/** The namespace of what supervisord does not have. It is not listed: clients compare the list. */
export const OWN_NAMESPACE = 'tsvisor';

type SupervisorRows = typeof supervisorMethods;
type SystemRows = typeof systemMethods;
type OwnRows = typeof ownMethods;
type Aliases = typeof supervisorAliases;

/** Every full name with its row: what the types of the client come from. */
export type Contract = {
  readonly [K in keyof SupervisorRows as `supervisor.${K}`]: SupervisorRows[K];
} & { readonly [K in keyof Aliases as `supervisor.${K}`]: SupervisorRows[Aliases[K]] } & {
  readonly [K in keyof SystemRows as `system.${K}`]: SystemRows[K];
} & { readonly [K in keyof OwnRows as `${typeof OWN_NAMESPACE}.${K}`]: OwnRows[K] };

export type MethodName = keyof Contract;

type ValuesOf<P extends readonly Param[]> = P extends readonly [
  infer Head extends Param,
  ...infer Rest extends readonly Param[],
]
  ? Head extends OptionalParam<infer T>
    ? readonly [value?: T | undefined, ...rest: ValuesOf<Rest>]
    : Head extends Param<infer T>
      ? readonly [value: T, ...rest: ValuesOf<Rest>]
      : never
  : readonly [];

/** The parameters of a method as a tuple; those with a default may be left out. */
export type ParamsOf<M extends Method> = ValuesOf<M['params']>;

/** What a method returns. */
export type ResultOf<M extends Method> = M extends Method<readonly Param[], infer R> ? R : never;

export type MethodParams<N extends MethodName> = ParamsOf<Contract[N]>;
export type MethodResult<N extends MethodName> = ResultOf<Contract[N]>;

/**
 * What answers the methods of a table: one function for each, whose result has the type that the
 * client expects. Parameters come unchecked, as many as the method accepts.
 */
export type Handlers<M extends MethodsByName> = {
  readonly [K in keyof M]: (
    ...params: readonly RpcValue[]
  ) => ResultOf<M[K]> | Promise<ResultOf<M[K]>>;
};

/** A method under the name that it is called by. */
export interface NamedMethod extends Method {
  /** `namespace.name`. */
  readonly name: string;
  /** For an alias: the full name of the method that it stands for. */
  readonly aliasOf?: string;
}

/** The methods of a namespace under their full names; the configuration may rename `supervisor`. */
export function inNamespace(
  namespace: string,
  methods: MethodsByName,
  aliases: Readonly<Record<string, string>> = {},
): NamedMethod[] {
  const named = Object.entries(methods).map(([name, row]) => ({
    ...row,
    name: `${namespace}.${name}`,
  }));
  const alternative = Object.entries(aliases).map(([name, original]) => {
    const row = methods[original];
    if (!row) throw new Error(`internal error: ${name} is an alias of ${original}, which is none`);
    return { ...row, name: `${namespace}.${name}`, aliasOf: `${namespace}.${original}` };
  });
  return [...named, ...alternative];
}

/** All 41 methods of the default configuration, sorted as system.listMethods has them. */
export const methods: ReadonlyMap<string, NamedMethod> = new Map(
  [
    ...inNamespace('supervisor', supervisorMethods, supervisorAliases),
    ...inNamespace('system', systemMethods),
  ]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((row) => [row.name, row]),
);
