import { fault, inNamespace, supervisorAliases, supervisorMethods } from '@tsvisor/rpc';
import type { NamedMethod } from '@tsvisor/rpc';

import { configInfoMethods } from './config-info.ts';
import type { MethodContext, MethodHandler, MethodHandlers } from './context.ts';
import { controlMethods } from './control.ts';
import { daemonMethods } from './daemon.ts';
import { groupMethods } from './groups.ts';
import { infoMethods } from './info.ts';
import { inputMethods } from './input.ts';
import { logMethods } from './logs.ts';
import { callable, localName } from './namespace.ts';
import type { Callable, Namespace } from './namespace.ts';
import { signalMethods } from './signal.ts';

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
  return [name, new Map(rows.map((row) => [localName(row), supervisorMethod(row, context)]))];
}

function supervisorMethod(row: NamedMethod, context: MethodContext): Callable {
  const original = localName(row.aliasOf === undefined ? row : { ...row, name: row.aliasOf });
  const handler: MethodHandler = handlers[original as MethodName];
  return callable(row, (parameters) => {
    if (row.gated && isLeaving(context)) throw fault('SHUTDOWN_STATE');
    const filled = row.params.map((param, at) => parameters[at] ?? param.default ?? null);
    return handler(context, ...filled);
  });
}

const isLeaving = ({ supervisor: { state } }: MethodContext): boolean =>
  state === 'SHUTDOWN' || state === 'RESTARTING';
