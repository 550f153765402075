import { dirname, resolve } from 'node:path';

import { isModulePlugin, loadPlugin, resolvableByDefault } from '@tsvisor/core';
import type { RpcInterfaceConfig, SupervisordConfig } from '@tsvisor/core';

import type { PluginFactory } from './plugin.ts';

/** A [rpcinterface:…] section that cannot be had; the daemon says so and ends with 2. */
export class InterfaceError extends Error {
  override readonly name = 'InterfaceError';
  readonly code = 'RPC_INTERFACE';
}

/** Whether the sections name modules, which take a moment to be loaded. */
export const nameModules = (sections: readonly RpcInterfaceConfig[]): boolean =>
  sections.some(({ factory }) => isModulePlugin(factory));

/**
 * Sees whether the modules that the sections name can be had.
 *
 * @throws {InterfaceError}
 */
export async function checkModules({ rpcInterfaces, supervisord }: CheckedConfig): Promise<void> {
  const modules = rpcInterfaces.filter(({ factory }) => isModulePlugin(factory));
  for (const section of modules) await loadModule(section, supervisord);
}

interface CheckedConfig {
  readonly rpcInterfaces: readonly RpcInterfaceConfig[];
  readonly supervisord: Pick<SupervisordConfig, 'path'>;
}

/**
 * Loads the function that a section names; a relative path begins beside the configuration file.
 *
 * @throws {InterfaceError}
 */
export async function loadModule(
  { name, factory }: RpcInterfaceConfig,
  { path }: Pick<SupervisordConfig, 'path'>,
): Promise<PluginFactory> {
  const cannot = `${factory} cannot be resolved within [rpcinterface:${name}]`;
  const answer = resolvableByDefault('rpcinterface', factory);
  if (answer !== true) throw new InterfaceError(`${cannot}: ${answer}`);
  try {
    return (await loadPlugin(factory, dirname(resolve(path)))) as PluginFactory;
  } catch (cause) {
    throw new InterfaceError(`${cannot}: ${(cause as Error).message}`, { cause });
  }
}
