import { traceback } from '@tsvisor/core';
import type { Logger, RpcInterfaceConfig } from '@tsvisor/core';
import { methodTable } from '@tsvisor/rpc';

import type { MethodContext } from './context.ts';
import type { Callable, Namespace } from './namespace.ts';
import { ownNamespace } from './own.ts';
import { loadFactory, pluginNamespace } from './plugin.ts';
import type { PluginFactory } from './plugin.ts';
import { supervisorNamespace } from './supervisor.ts';
import { systemNamespace } from './system.ts';

/** All that clients of a server can call, by `namespace.name`. */
export type MethodTable = ReadonlyMap<string, Callable>;

/** A [rpcinterface:…] section that cannot be had; the daemon says so and ends with 2. */
export class InterfaceError extends Error {
  override readonly name = 'InterfaceError';
  readonly code = 'RPC_INTERFACE';
}

/** The one factory that supervisord's users have, and the one that is built in. */
export const BUILT_IN = 'supervisor.rpcinterface:make_main_rpcinterface';

/** Makes the namespace of one section for one server. */
export interface InterfaceMaker {
  readonly name: string;
  /** With it comes what supervisord has no method for. */
  readonly isBuiltIn?: true;
  make(context: MethodContext): Namespace;
}

/**
 * Finds what the sections name, without making anything yet.
 *
 * @throws {InterfaceError}
 */
export function resolveInterfaces(
  sections: readonly RpcInterfaceConfig[],
  directory: string,
): Promise<readonly InterfaceMaker[]> {
  return Promise.all(sections.map((section) => resolveInterface(section, directory)));
}

async function resolveInterface(
  { name, factory, options }: RpcInterfaceConfig,
  directory: string,
): Promise<InterfaceMaker> {
  if (factory === BUILT_IN) {
    return { name, isBuiltIn: true, make: (context) => supervisorNamespace(name, context) };
  }
  const load = await loadFactory(factory, directory).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InterfaceError(
      `${factory} cannot be resolved within [rpcinterface:${name}]: ${why} (possible are ${BUILT_IN} and a JavaScript module with the name of a function it exports, /path/to/module.js:function)`,
      { cause },
    );
  });
  return { name, make: ({ supervisor }) => pluginNamespace(name, run(load, supervisor, options)) };
}

function run(factory: PluginFactory, ...[supervisor, options]: Parameters<PluginFactory>): object {
  const plugin: unknown = factory(supervisor, options);
  if (typeof plugin === 'object' && plugin !== null) return plugin;
  throw new Error(`the factory returned ${typeof plugin}, not an object with methods`);
}

/**
 * Makes the interfaces of one server.
 *
 * @throws {InterfaceError} `Could not make NAME rpc interface`, after a line of the log with the reason
 */
export function makeInterfaces(
  makers: readonly InterfaceMaker[],
  context: MethodContext,
  logger: Logger,
): MethodTable {
  const namespaces = makers.map((maker) => {
    try {
      const namespace = maker.make(context);
      logger.log('info', `RPC interface '${maker.name}' initialized`);
      return namespace;
    } catch (cause) {
      logger.log('warn', traceback(cause));
      throw new InterfaceError(`Could not make ${maker.name} rpc interface`, { cause });
    }
  });
  const own = makers.some(({ isBuiltIn }) => isBuiltIn) ? [ownNamespace(context)] : [];
  return tableOf([...own, ...namespaces]);
}

/** What the web pages call, whatever the configuration has: the built-in interface. */
export const builtInTable = (context: MethodContext): MethodTable =>
  tableOf([ownNamespace(context), supervisorNamespace('supervisor', context)]);

function tableOf(namespaces: readonly Namespace[]): MethodTable {
  const table: MethodTable = methodTable<Callable>([...namespaces, systemNamespace(() => table)]);
  return table;
}
