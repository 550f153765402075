import type { Supervisor } from '@tsvisor/core';
import { Fault, fault, isPublic, signatureInHelp } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import type { Callable, Namespace } from './namespace.ts';

/**
 * A method of a plug-in; `help` is its description, with `@param` and `@return` lines. Unless
 * `changes` is false, it is not for those who may only look.
 */
export type PluginMethod = ((
  ...parameters: readonly RpcValue[]
) => RpcValue | Promise<RpcValue>) & { readonly help?: string; readonly changes?: boolean };

/**
 * What `supervisor.rpcinterface_factory = module:function` names: called once for each server,
 * with the other keys of the section as texts. Public methods of what it returns can be called.
 */
export type PluginFactory = (
  supervisor: Supervisor,
  options: Readonly<Record<string, string>>,
) => object;

/** The public methods of a plug-in's object, its class's included. */
export function pluginNamespace(name: string, plugin: object): Namespace {
  const methods = new Map<string, Callable>();
  for (
    let level: object | null = plugin;
    level !== null && level !== Object.prototype;
    level = Object.getPrototypeOf(level) as object | null
  ) {
    for (const key of Object.getOwnPropertyNames(level)) {
      const value: unknown = Object.getOwnPropertyDescriptor(level, key)?.value;
      if (typeof value !== 'function' || key === 'constructor') continue;
      if (isPublic(key) && !methods.has(key)) {
        methods.set(key, callable(plugin, value as PluginMethod));
      }
    }
  }
  return [name, methods];
}

function callable(plugin: object, method: PluginMethod): Callable {
  const { help, changes } = method;
  return {
    // What Python says of a method without a description.
    help: help ?? 'None',
    signature: help === undefined ? undefined : signatureInHelp(help),
    changes: changes !== false,
    call(parameters) {
      if (parameters.length < method.length) throw fault('INCORRECT_PARAMETERS');
      try {
        const result = method.apply(plugin, [...parameters]);
        return result instanceof Promise ? result.catch(refuse) : result;
      } catch (error) {
        return refuse(error);
      }
    },
  };
}

/** An error with a number for its code is a fault, whichever copy of the classes made it. */
function refuse(error: unknown): never {
  const { code, text, message } = error as { code?: unknown; text?: unknown; message?: unknown };
  if (error instanceof Fault || typeof code !== 'number') throw error;
  throw typeof text === 'string' ? new Fault(code, text) : fault(code, String(message));
}
