import type { RpcInterfaceConfig } from '../types.ts';
import { pluginSpec } from '../values/plugin.ts';
import type { PluginKind } from '../world.ts';
import type { CheckedPlace, OptionTable } from './table.ts';

function factoryCheck(kind: PluginKind, key: string) {
  return (spec: string | null, { section, world }: CheckedPlace): string | undefined => {
    if (spec === null) return `section [${section}] does not specify a ${key}`;
    const answer = world.resolvable(kind, spec);
    return answer === true
      ? undefined
      : `${spec} cannot be resolved within [${section}]: ${answer}`;
  };
}

/** `[rpcinterface:x]`; all other keys are passed on to the factory. */
export const rpcInterfaceOptions = {
  'supervisor.rpcinterface_factory': {
    to: 'factory',
    type: pluginSpec,
    default: null,
    defaultDoc: 'required',
    doc: 'What makes the RPC namespace x: `supervisor.rpcinterface:make_main_rpcinterface`, or `PATH.js:function`, relative to this file.',
    check: factoryCheck('rpcinterface', 'supervisor.rpcinterface_factory'),
  },
} satisfies OptionTable<RpcInterfaceConfig>;

/** `[ctlplugin:x]`; all other keys are passed on to the factory. */
export const controlPluginOptions = {
  'supervisor.ctl_factory': {
    to: 'factory',
    type: pluginSpec,
    default: null,
    defaultDoc: 'required',
    doc: 'What makes the additional commands of tsvctl: `PATH.js:function`, relative to this file.',
    check: factoryCheck('ctlplugin', 'supervisor.ctl_factory'),
  },
} satisfies OptionTable<RpcInterfaceConfig>;
