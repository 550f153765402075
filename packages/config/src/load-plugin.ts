/** Loads what a plug-in section names. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { importModule } from './import-module.ts';
import { pluginParts } from './plugins.ts';

type PluginFunction = (...parameters: never) => unknown;
type Exports = Readonly<Record<string, unknown>>;

/**
 * The function that `PATH.js:function` names; a relative path begins in `directory`. A module is
 * loaded once in the life of a process.
 *
 * @throws {Error} why it cannot be had, for the end of a message that names section and setting
 */
export async function loadPlugin(spec: string, directory: string): Promise<PluginFunction> {
  const { module, name } = pluginParts(spec) ?? { module: spec, name: '' };
  const file = resolve(directory, module);
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  const exports = await exportsOf(file);
  if (!Object.hasOwn(exports, name)) {
    const there = Object.keys(exports).toSorted().join(', ') || 'nothing';
    throw new Error(
      `${file} exports no ${name === '' ? 'function of an empty name' : name}, but ${there}`,
    );
  }
  const found = exports[name];
  if (typeof found === 'function') return found as PluginFunction;
  throw new Error(`${name} of ${file} is no function, but of type ${typeof found}`);
}

async function exportsOf(file: string): Promise<Exports> {
  let loaded: Exports;
  try {
    loaded = (await importModule(pathToFileURL(file).href)) as Exports;
  } catch (error) {
    const { name, message } = error as Error;
    const hint =
      name === 'SyntaxError' && file.endsWith('.js')
        ? '; a module with `export` is called .mjs, or has a package.json beside it that says "type": "module"'
        : '';
    throw new Error(`${file} cannot be loaded: ${name}: ${message}${hint}`, { cause: error });
  }
  const common = loaded['default'];
  // Of a CommonJS module Node finds not all exports by their names.
  return typeof common === 'object' && common !== null ? { ...common, ...loaded } : loaded;
}
