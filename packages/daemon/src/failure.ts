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
}

/** What to say and how to end when the daemon cannot start, or start again (daemon.md §2). */
export function failureOf(error: unknown, programName: string): Failure {
  const { code, message, stack } = error as { code?: string; message?: string; stack?: string };
  const status = statuses[code ?? ''];
  return status === undefined
    ? { status: 1, text: `${stack ?? String(error)}\n` }
    : { status, text: `Error: ${message}\nFor help, use ${programName} -h\n` };
}
