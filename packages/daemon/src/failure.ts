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
  /** To be added where people look; what scripts read stays as they know it. */
  readonly forPeople?: string;
}

/** What to say and how to end when the daemon cannot start, or start again (daemon.md §2). */
export function failureOf(error: unknown, programName: string): Failure {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  const status = statuses[code ?? ''];
  if (status === undefined) return { status: 1, text: `${stack ?? String(error)}\n` };
  const where = whereabouts(error as Whereabouts);
  return {
    status,
    text: `Error: ${message}\nFor help, use ${programName} -h\n`,
    ...(where !== undefined && { forPeople: `tsvd: ${where}\n` }),
  };
}

/** What a SocketError knows, or a ConfigError. */
export interface Whereabouts {
  readonly place?: string | null;
  readonly file?: string;
  readonly line?: number;
  readonly section?: string;
  readonly option?: string;
}

/** What supervisord's own messages do not tell. */
export function whereabouts(error: Whereabouts): string | undefined {
  const { place, file = '', line, section, option = '' } = error;
  if (place) return `somebody else listens on ${place}`;
  if (line === undefined || section === undefined) return undefined;
  return `the error is in ${file}:${line}: [${section}] ${option}`.trimEnd();
}
