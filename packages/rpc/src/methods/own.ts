/** tsvisor.*: what supervisord has no method for; it answers with UNKNOWN_METHOD. */
import { method, returns } from './define.ts';
import type { ListenerInfo, ShutdownPlan } from './results.ts';

export const ownMethods = {
  getListenerInfo: method({
    doc: 'How each process of each event listener pool stands to the protocol, by group and name.',
    changes: false,
    params: [],
    returns: returns<readonly ListenerInfo[]>('array', 'result', 'A struct per process.'),
    gated: false,
  }),
  getShutdownPlan: method({
    doc: 'How long a shutdown takes at worst, and what stops when.',
    changes: false,
    params: [],
    returns: returns<ShutdownPlan>(
      'struct',
      'result',
      'The seconds in all, and the batches in their order.',
    ),
    gated: false,
  }),
};
