import { SupervisorError } from '@tsvisor/core';
import { fault } from '@tsvisor/rpc';
import type { Fault, FaultName } from '@tsvisor/rpc';

// Their detail is the name as the client gave it, which the engine does not know.
const named: ReadonlySet<FaultName> = new Set([
  'BAD_NAME',
  'ABNORMAL_TERMINATION',
  'SPAWN_ERROR',
  'ALREADY_STARTED',
  'NOT_RUNNING',
  'ALREADY_ADDED',
  'STILL_RUNNING',
] as const);

/** What an error of the engine is on the wire; what is none of its errors is thrown on. */
export function faultFrom(error: unknown, name: string): Fault {
  if (!(error instanceof SupervisorError)) throw error;
  const { code, detail } = error;
  if (named.has(code)) return fault(code, name);
  return detail === '' ? fault(code) : fault(code, detail);
}

/** Does what may fail in a way that clients are told of. */
export function faulting<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw faultFrom(error, name);
  }
}
