import { SpawnError } from '@tsvisor/core';
import { fault } from '@tsvisor/rpc';

import type { MethodHandlers } from './context.ts';
import { faulting } from './faults.ts';
import { findGroup } from './names.ts';

export const groupMethods: MethodHandlers<'addProcessGroup' | 'removeProcessGroup'> = {
  addProcessGroup: ({ supervisor }, name = null) => {
    // One that was removed from the file is a bad name, active or not.
    const known = supervisor.config.groups.some((group) => group.name === name);
    if (!known || typeof name !== 'string') throw fault('BAD_NAME', name);
    try {
      faulting(name, () => supervisor.addGroup(name));
    } catch (error) {
      // The socket of a FastCGI program; supervisord answers HTTP 500.
      throw error instanceof SpawnError ? fault('FAILED', error.why) : error;
    }
    return true;
  },
  removeProcessGroup: ({ supervisor }, name = null) => {
    const group = findGroup(supervisor, name);
    faulting(group.name, () => supervisor.removeGroup(group.name));
    return true;
  },
};
