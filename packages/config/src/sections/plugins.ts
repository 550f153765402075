import { nameAfterColon, readerOf, type Context } from '../context.ts';
import { controlPluginOptions, rpcInterfaceOptions } from '../options/plugins.ts';
import type { RpcInterfaceConfig } from '../types.ts';

export function readRpcInterfaces(context: Context): RpcInterfaceConfig[] {
  return readPlugins(context, 'rpcinterface:', rpcInterfaceOptions);
}

export function readControlPlugins(context: Context): RpcInterfaceConfig[] {
  return readPlugins(context, 'ctlplugin:', controlPluginOptions);
}

/** The factory is the only option known here; all others are the plug-in's own. */
function readPlugins(
  context: Context,
  prefix: string,
  options: typeof rpcInterfaceOptions | typeof controlPluginOptions,
): RpcInterfaceConfig[] {
  const [factoryKey] = Object.keys(options);
  return context.sections.startingWith(prefix).map((section) => {
    const reader = readerOf(context, section);
    const [factory] = Object.values(reader.table(options, () => context.environment));
    const others = context.sections.keys(section).filter((key) => key !== factoryKey);
    return {
      name: nameAfterColon(section),
      factory: factory!,
      options: Object.fromEntries(
        others.map((key) => [key, reader.text(key, context.environment)]),
      ),
    };
  });
}
