import type { MethodHandlers } from './context.ts';
import { findProcess } from './names.ts';
import { inNameOrder } from './order.ts';

export const infoMethods: MethodHandlers<'getProcessInfo' | 'getAllProcessInfo'> = {
  getProcessInfo: ({ supervisor }, name = null) => ({ ...findProcess(supervisor, name).info() }),
  getAllProcessInfo: ({ supervisor }) =>
    inNameOrder(supervisor).map((process) => ({ ...process.info() })),
};
