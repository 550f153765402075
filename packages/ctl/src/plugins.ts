import { dirname, resolve } from 'node:path';

import { UsageError } from '@tsvisor/config';

import type { Command } from './commands/command.ts';
import type { Server } from './remote.ts';
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

/** What the function that a section names is given. */
export interface PluginController {
  /** Prints a line. */
  output(text: string): void;
  /** Calls a method by its full name, of any namespace. */
  call(method: string, ...params: unknown[]): Promise<unknown>;
  /** Whether the daemon is there; if not, that has been said. */
  upcheck(): Promise<boolean>;
  exitStatus: number;
  readonly server: Server;
  readonly isInteractive: boolean;
}

/** What it returns: `do_ACTION(argument)`, which `help_ACTION()` explains in lines of text. */
export type PluginMethods = Readonly<Record<string, unknown>>;

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
    const methods = (await factory(controllerOf(session), section.options)) as PluginMethods;
    plugins.push({ name: section.name, commands: await commandsOf(methods) });
  }
  return plugins;
}

type Factory = (controller: PluginController, options: Readonly<Record<string, string>>) => unknown;

async function resolveFactory(section: PluginSection, configPath: string | null): Promise<Factory> {
  const cannot = `${section.factory} cannot be resolved within [ctlplugin:${section.name}]`;
  const colon = section.factory.lastIndexOf(':');
  const exported = section.factory.slice(colon + 1).trim();
  const file = resolve(dirname(configPath ?? '.'), section.factory.slice(0, colon).trim());
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await import(file)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new UsageError(
      `${cannot}: not a JavaScript module that can be loaded (${(error as Error).message})`,
    );
  }
  const factory = module[exported];
  if (typeof factory === 'function') return factory as Factory;
  throw new UsageError(`${cannot}: ${file} exports no function ${exported}`);
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

async function commandsOf(methods: PluginMethods): Promise<Command[]> {
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

async function helpLines(methods: PluginMethods, action: string): Promise<string[]> {
  const text = await invoke(methods, `help_${action}`);
  return typeof text === 'string' ? text.replace(/\n$/, '').split('\n') : [];
}

function invoke(methods: PluginMethods, name: string, ...params: string[]): unknown {
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
