import type { ListenerInfo } from '@tsvisor/rpc';

import type { MethodHandlers } from './context.ts';
import { inNameOrder } from './order.ts';

export const listenerMethods: MethodHandlers<'getListenerInfo'> = {
  getListenerInfo: ({ supervisor }) =>
    inNameOrder(supervisor).flatMap((process): ListenerInfo[] => {
      const group = supervisor.group(process.group);
      const listenerstate = group?.listenerState(process);
      if (group?.pool === undefined || listenerstate === undefined) return [];
      const { buffered, bufferSize, discarded } = group.pool;
      const pool = { buffered, buffer_size: bufferSize, discarded };
      return [{ name: process.name, group: group.name, listenerstate, ...pool }];
    }),
};
