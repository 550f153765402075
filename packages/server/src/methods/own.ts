import { OWN_NAMESPACE, acceptsCount, fault, inNamespace, methodHelp } from '@tsvisor/rpc';
import { methodSignature, ownMethods } from '@tsvisor/rpc';

import type { MethodContext, MethodHandlers } from './context.ts';
import { listenerMethods } from './listeners.ts';
import { localName } from './namespace.ts';
import type { Callable, Namespace } from './namespace.ts';

const handlers: MethodHandlers<keyof typeof ownMethods> = { ...listenerMethods };

/** `tsvisor.*`: what supervisord has no method for. */
export function ownNamespace(context: MethodContext): Namespace {
  const rows = inNamespace(OWN_NAMESPACE, ownMethods).map((row): [string, Callable] => {
    const name = localName(row);
    return [
      name,
      {
        help: methodHelp(row),
        signature: methodSignature(row),
        call(parameters) {
          if (!acceptsCount(row, parameters.length)) throw fault('INCORRECT_PARAMETERS');
          return handlers[name as keyof typeof handlers](context, ...parameters);
        },
      },
    ];
  });
  return [OWN_NAMESPACE, new Map(rows)];
}
