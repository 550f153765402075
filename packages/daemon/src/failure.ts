import type { SocketError } from '@tsvisor/server';

/** Errors that are for whoever started the daemon, by their codes: with their exit status. */
const statuses: Readonly<Record<string, number>> = {
  USAGE: 2,
  CONFIG: 2,
  START: 2,
  SOCKET: 2,
  RPC_INTERFACE: 2,
  // A FastCGI socket that cannot be made: supervisord ends with a traceback.
  SPAWN_ERROR: 1,
};

export interface Failure {
  readonly status: number;
  /** For stderr. */
  readonly text: string;
  /** To be added on a terminal; what scripts read stays as they know it. */
  readonly forPeople?: string;
}

/** What to say and how to end when the daemon cannot start, or start again (daemon.md §2). */
export function failureOf(error: unknown, programName: string): Failure {
  const { code, message, stack, place } = error as Partial<NodeJS.ErrnoException & SocketError>;
  const status = statuses[code ?? ''];
  if (status === undefined) return { status: 1, text: `${stack ?? String(error)}\n` };
  return {
    status,
    text: `Error: ${message}\nFor help, use ${programName} -h\n`,
    ...(place && { forPeople: `tsvd: somebody else listens on ${place}\n` }),
  };
}
