/** What a request to the engine can be refused for; the names are those on the wire. */
export type SupervisorErrorCode =
  | 'BAD_NAME'
  | 'BAD_SIGNAL'
  | 'BAD_ARGUMENTS'
  | 'NO_FILE'
  | 'NOT_EXECUTABLE'
  | 'FAILED'
  | 'ABNORMAL_TERMINATION'
  | 'SPAWN_ERROR'
  | 'ALREADY_STARTED'
  | 'NOT_RUNNING'
  | 'ALREADY_ADDED'
  | 'STILL_RUNNING'
  | 'SHUTDOWN_STATE';

/** A request that could not be met. `detail` is for a person: a name, a path, a reason. */
export class SupervisorError extends Error {
  override readonly name = 'SupervisorError';
  readonly code: SupervisorErrorCode;
  readonly detail: string;

  constructor(code: SupervisorErrorCode, detail: string) {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** A program cannot be spawned; `why` is its spawnerr. */
export class SpawnError extends Error {
  override readonly name = 'SpawnError';
  readonly code = 'SPAWN_ERROR';
  readonly why: string;

  constructor(why: string, options?: { readonly cause?: unknown }) {
    super(why, options);
    this.why = why;
  }
}

/** The errno name of an error of Node's or of a system call, if it has one. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

export const errorText = (error: unknown): string =>
  error instanceof Error || errorCode(error) !== undefined
    ? (error as Error).message
    : String(error);

/** What the system said, in the words that supervisord's users know: `[Errno 98] Address already in use`. */
export function systemErrorText(error: unknown): string {
  const { text } = (error ?? {}) as { text?: unknown };
  return typeof text === 'string' ? text : errorText(error);
}

/**
 * An error with its stack, in the shape in which Python prints one, so that whoever searches a
 * log for tracebacks finds ours.
 */
export function traceback(error: unknown): string {
  const { stack = '', name = 'Error' } = (error ?? {}) as Partial<Error>;
  const frames = stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `  ${line.trim()}`);
  const head = frames.length > 0 ? ['Traceback (most recent call last):'] : [];
  return [...head, ...frames.toReversed(), `${name}: ${errorText(error)}`].join('\n');
}
