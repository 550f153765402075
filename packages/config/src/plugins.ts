import type { PluginKind } from './world.ts';

/** What is part of tsvisor under the names that it has in Python. */
const BUILT_IN: Readonly<Record<PluginKind, readonly string[]>> = {
  rpcinterface: ['supervisor.rpcinterface:make_main_rpcinterface'],
  result_handler: ['supervisor.dispatchers:default_handler'],
  ctlplugin: [],
};

/** Accepts what is built in. */
export function resolvableByDefault(kind: PluginKind, spec: string): true | string {
  const builtIn = BUILT_IN[kind];
  if (builtIn.includes(spec)) return true;
  const [module = '', attribute] = spec.split(':');
  const isKnownModule = builtIn.some((one) => one.startsWith(`${module}:`));
  const problem =
    attribute === undefined
      ? 'it is not of the form module:function'
      : isKnownModule
        ? `module '${module}' has no attribute '${attribute}'`
        : `No module named '${module}'`;
  const possible = builtIn.length > 0 ? `; ${builtIn.join(', ')} is built in` : '';
  return `${problem} (Python plug-ins cannot be loaded${possible})`;
}
