import type { Supervisor } from '@tsvisor/core';

import type { Handler } from '../http/message.ts';
import { isProbe } from './paths.ts';
import { probe } from './probes.ts';

/** Lets the probes of those pass who bring no password; what they are told names no program. */
export function withPublicProbes(guarded: Handler, supervisor: Supervisor): Handler {
  return (request) =>
    isProbe(request) && request.header('authorization') === undefined
      ? probe(request, supervisor, 'anybody')
      : guarded(request);
}
