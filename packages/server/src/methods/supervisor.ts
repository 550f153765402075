import { inNamespace, supervisorAliases, supervisorMethods } from '@tsvisor/rpc';

import { configInfoMethods, discreetConfigInfo } from './config-info.ts';
import type { MethodContext, MethodHandlers } from './context.ts';
import { controlMethods } from './control.ts';
import { daemonMethods } from './daemon.ts';
import { groupMethods } from './groups.ts';
import { infoMethods } from './info.ts';
import { inputMethods } from './input.ts';
import { logMethods } from './logs.ts';
import type { Namespace } from './namespace.ts';
import { signalMethods } from './signal.ts';
import { tableNamespace } from './table-namespace.ts';

type MethodName = keyof typeof supervisorMethods;

/** One handler for each row of the contract; the compiler sees that none is missing. */
const handlers: MethodHandlers<MethodName> = {
  ...daemonMethods,
  ...groupMethods,
  ...controlMethods,
  ...signalMethods,
  ...infoMethods,
  ...configInfoMethods,
  ...logMethods,
  ...inputMethods,
};

/** The built-in interface, under the name that the configuration gives it. */
export function supervisorNamespace(name: string, context: MethodContext): Namespace {
  const rows = inNamespace(name, supervisorMethods, supervisorAliases);
  return tableNamespace(name, rows, handlers, context, discreetConfigInfo);
}
