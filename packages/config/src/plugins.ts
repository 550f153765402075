import type { PluginKind } from './world.ts';

/** What is part of tsvisor under the names that it has in Python. */
const BUILT_IN: Readonly<Record<PluginKind, readonly string[]>> = {
  rpcinterface: [
    'supervisor.rpcinterface:make_main_rpcinterface',
    'supervisor_twiddler.rpcinterface:make_twiddler_rpcinterface',
    'supervisor_cache.rpcinterface:make_cache_rpcinterface',
  ],
  ctlplugin: ['supervisor_cache.controllerplugin:make_cache_controllerplugin'],
  result_handler: ['supervisor.dispatchers:default_handler', 'supervisor_stdout:event_handler'],
};

/** For these a JavaScript module can stand in the file: `PATH.js:function`. */
const LOADED: readonly PluginKind[] = ['rpcinterface', 'ctlplugin'];

/** `module:function` as its two parts; undefined if it is not of that form. */
export function pluginParts(spec: string): { module: string; name: string } | undefined {
  const colon = spec.lastIndexOf(':');
  if (colon < 0) return undefined;
  return { module: spec.slice(0, colon).trim(), name: spec.slice(colon + 1).trim() };
}

/** Whether it names a function of a JavaScript module; whether there is one is seen when it is loaded. */
export function isModulePlugin(spec: string): boolean {
  return /\.[cm]?js$/.test(pluginParts(spec)?.module ?? '');
}

/** Accepts what is built in, and what can be loaded as far as its form tells. */
export function resolvableByDefault(kind: PluginKind, spec: string): true | string {
  if (BUILT_IN[kind].includes(spec)) return true;
  const isLoaded = LOADED.includes(kind);
  if (isLoaded && isModulePlugin(spec)) return true;
  const possible = isLoaded
    ? [...BUILT_IN[kind], 'a function of a JavaScript module, as PATH.js:function']
    : BUILT_IN[kind];
  return `${problem(kind, spec)} (Python plug-ins cannot be loaded; possible: ${possible.join(', ')})`;
}

function problem(kind: PluginKind, spec: string): string {
  const parts = pluginParts(spec);
  if (parts === undefined) return 'it is not of the form module:function';
  const { module, name } = parts;
  return BUILT_IN[kind].some((one) => one.startsWith(`${module}:`))
    ? `module '${module}' has no attribute '${name}'`
    : `No module named '${module}'`;
}
