import { dirname, resolve } from 'node:path';

import { UsageError, loadPlugin } from '@tsvisor/config';

import { cachePlugin } from './cache-plugin.ts';
import type { Command } from './commands/command.ts';
import type { ControlPluginFactory, PluginController } from './plugin-interface.ts';
import type { Session } from './session.ts';
import { isUp } from './upcheck.ts';

/** The built-in actions, or those of a `[ctlplugin:NAME]` section. */
export interface Plugin {
  readonly name: string;
  readonly commands: readonly Command[];
}

/** A `[ctlplugin:NAME]` section as it stands in the file. */
export interface PluginSection {
  readonly name: string;
  /** `module:function`. */
  readonly factory: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Loads the module of each section and makes actions of its methods.
 *
 * @throws {UsageError} if one cannot be loaded.
 */
export async function loadPlugins(
  sections: readonly PluginSection[],
  configPath: string | null,
  session: Session,
): Promise<Plugin[]> {
  const plugins: Plugin[] = [];
  for (const section of sections) {
    const factory = await resolveFactory(section, configPath);
    const methods = methodsOf(await factory(controllerOf(session), section.options));
    plugins.push({ name: section.name, commands: await commandsOf(methods) });
  }
  return plugins;
}

/** What is part of tsvctl under the names that it has in Python. */
const builtIn: Readonly<Record<string, ControlPluginFactory>> = {
  'supervisor_cache.controllerplugin:make_cache_controllerplugin': cachePlugin,
};

/** A relative path begins beside the configuration file. */
async function resolveFactory(
  { name, factory }: PluginSection,
  configPath: string | null,
): Promise<ControlPluginFactory> {
  const known = Object.hasOwn(builtIn, factory) ? builtIn[factory] : undefined;
  if (known !== undefined) return known;
  try {
    const directory = resolve(dirname(configPath ?? '.'));
    return (await loadPlugin(factory, directory)) as ControlPluginFactory;
  } catch (error) {
    throw new UsageError(
      `${factory} cannot be resolved within [ctlplugin:${name}]: ${(error as Error).message}`,
    );
  }
}

function controllerOf(session: Session): PluginController {
  return {
    output: (text) => session.print(text),
    call: (method, ...params) => session.remote.request(method, params),
    upcheck: () => isUp(session),
    get exitStatus() {
      return session.exitStatus;
    },
    set exitStatus(status) {
      session.exitStatus = status;
    },
    get server() {
      return session.server;
    },
    isInteractive: session.isInteractive,
  };
}

type Methods = Readonly<Record<string, unknown>>;

function methodsOf(plugin: unknown): Methods {
  if (typeof plugin === 'object' && plugin !== null) return plugin as Methods;
  throw new UsageError(`the factory returned ${typeof plugin}, not an object with methods`);
}

async function commandsOf(methods: Methods): Promise<Command[]> {
  const names = allNames(methods).filter((name) => name.startsWith('do_'));
  return Promise.all(
    names.sort().map(async (name) => {
      const action = name.slice('do_'.length);
      return {
        name: action,
        help: await helpLines(methods, action),
        run: async (_session, argument) => {
          await invoke(methods, name, argument);
        },
      } satisfies Command;
    }),
  );
}

async function helpLines(methods: Methods, action: string): Promise<string[]> {
  const text = await invoke(methods, `help_${action}`);
  return typeof text === 'string' ? text.replace(/\n$/, '').split('\n') : [];
}

function invoke(methods: Methods, name: string, ...params: string[]): unknown {
  const method = methods[name];
  if (typeof method !== 'function') return undefined;
  return (method as (...given: string[]) => unknown).apply(methods, params);
}

/** Methods of a class stand in its prototype. */
function allNames(object: object): string[] {
  const names = new Set<string>();
  for (
    let each: object | null = object;
    each !== null && each !== Object.prototype;
    each = Object.getPrototypeOf(each) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(each)) names.add(name);
  }
  return [...names];
}
