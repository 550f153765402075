import { SupervisorError } from '@tsvisor/core';
import { fault } from '@tsvisor/rpc';

import type { MethodHandlers } from './context.ts';
import { findProcess } from './names.ts';

export const inputMethods: MethodHandlers<'sendProcessStdin'> = {
  sendProcessStdin: ({ supervisor }, name = null, chars = null) => {
    if (typeof chars !== 'string') throw fault('INCORRECT_PARAMETERS', chars);
    const process = findProcess(supervisor, name);
    try {
      process.write(chars);
    } catch (error) {
      // NOT_RUNNING and NO_FILE alike are about the process, not about a path.
      if (error instanceof SupervisorError) throw fault(error.code, name);
      throw error;
    }
    return true;
  },
};
