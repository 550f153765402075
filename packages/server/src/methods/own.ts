import { OWN_NAMESPACE, inNamespace, ownMethods } from '@tsvisor/rpc';

import type { MethodContext, MethodHandlers } from './context.ts';
import { listenerMethods } from './listeners.ts';
import { callable, localName } from './namespace.ts';
import type { Callable, Namespace } from './namespace.ts';

const handlers: MethodHandlers<keyof typeof ownMethods> = { ...listenerMethods };

/** `tsvisor.*`: what supervisord has no method for. */
export function ownNamespace(context: MethodContext): Namespace {
  const rows = inNamespace(OWN_NAMESPACE, ownMethods).map((row): [string, Callable] => {
    const name = localName(row);
    const handler = handlers[name as keyof typeof handlers];
    return [name, callable(row, (parameters) => handler(context, ...parameters))];
  });
  return [OWN_NAMESPACE, new Map(rows)];
}
