import { traceback } from '@tsvisor/core';
import type { Logger, RpcInterfaceConfig, SupervisordConfig } from '@tsvisor/core';
import { methodTable } from '@tsvisor/rpc';

import { cacheNamespace } from './cache.ts';
import type { MethodContext } from './context.ts';
import { InterfaceError, loadModule } from './modules.ts';
import type { Callable, Namespace } from './namespace.ts';
import { ownNamespace } from './own.ts';
import { pluginNamespace } from './plugin.ts';
import type { PluginFactory } from './plugin.ts';
import { supervisorNamespace } from './supervisor.ts';
import { systemNamespace } from './system.ts';
import { twiddlerNamespace } from './twiddler.ts';

/** All that clients of a server can call, by `namespace.name`. */
export type MethodTable = ReadonlyMap<string, Callable>;

/** Makes the namespace of one section for one server. */
export interface InterfaceMaker {
  readonly name: string;
  /** With it comes what supervisord has no method for. */
  readonly isBuiltIn?: true;
  make(context: MethodContext): Namespace;
}

/** The one that every configuration has. */
export const BUILT_IN = 'supervisor.rpcinterface:make_main_rpcinterface';

/** The interfaces that are built in, under the names that they have in Python. */
const builtIn: Readonly<Record<string, (section: RpcInterfaceConfig) => InterfaceMaker>> = {
  [BUILT_IN]: ({ name, options }) => ({
    name,
    isBuiltIn: true,
    make(context) {
      refuseOptions('make_main_rpcinterface', options);
      return supervisorNamespace(name, context);
    },
  }),
  'supervisor_twiddler.rpcinterface:make_twiddler_rpcinterface': ({ name, options }) => ({
    name,
    make: (context) => twiddlerNamespace(name, options, context),
  }),
  'supervisor_cache.rpcinterface:make_cache_rpcinterface': ({ name }) => ({
    name,
    make: (context) => cacheNamespace(name, context),
  }),
};

/**
 * Finds what the sections name, without making anything yet.
 *
 * @throws {InterfaceError}
 */
export function resolveInterfaces(
  sections: readonly RpcInterfaceConfig[],
  supervisord: Pick<SupervisordConfig, 'path'>,
): Promise<readonly InterfaceMaker[]> {
  return Promise.all(sections.map((section) => resolveInterface(section, supervisord)));
}

async function resolveInterface(
  section: RpcInterfaceConfig,
  supervisord: Pick<SupervisordConfig, 'path'>,
): Promise<InterfaceMaker> {
  const { name, factory, options } = section;
  const known = Object.hasOwn(builtIn, factory) ? builtIn[factory] : undefined;
  if (known !== undefined) return known(section);
  const load = await loadModule(section, supervisord);
  return { name, make: ({ supervisor }) => pluginNamespace(name, run(load, supervisor, options)) };
}

/** In Python's words, which the log has had for as long as people search for them. */
function refuseOptions(factory: string, options: RpcInterfaceConfig['options']): void {
  const [first] = Object.keys(options);
  if (first === undefined) return;
  throw new TypeError(`${factory}() got an unexpected keyword argument '${first}'`);
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
