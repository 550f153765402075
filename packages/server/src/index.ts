export { openServers } from './serve.ts';
export type { ServeOptions, Server } from './serve.ts';
export { SocketError } from './sockets/errors.ts';
export { InterfaceError, checkModules, nameModules } from './methods/modules.ts';
export type { DaemonControl } from './methods/context.ts';
export type { MainLogSource } from './methods/main-log.ts';
export type { PluginFactory, PluginMethod } from './methods/plugin.ts';
export { defaultLimits } from './http/limits.ts';
export type { Limits } from './http/limits.ts';
