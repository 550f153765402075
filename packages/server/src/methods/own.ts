import { OWN_NAMESPACE, inNamespace, ownMethods } from '@tsvisor/rpc';

import type { MethodContext, MethodHandlers } from './context.ts';
import { listenerMethods } from './listeners.ts';
import type { Namespace } from './namespace.ts';
import { tableNamespace } from './table-namespace.ts';

const handlers: MethodHandlers<keyof typeof ownMethods> = {
  ...listenerMethods,
  getShutdownPlan({ supervisor }) {
    const { seconds, batches } = supervisor.stopPlan();
    return { seconds, batches: batches.map((batch) => ({ ...batch })) };
  },
};

/** `tsvisor.*`: what supervisord has no method for. */
export const ownNamespace = (context: MethodContext): Namespace =>
  tableNamespace(OWN_NAMESPACE, inNamespace(OWN_NAMESPACE, ownMethods), handlers, context);
