/** Why a server could not be asked, or did not answer as one should. */
export interface ClientErrorDetails {
  /**
   * - an errno of the connection: `ECONNREFUSED`, `ENOENT`, `EACCES`, `ETIMEDOUT`, `ECONNRESET`, …
   * - `PROTOCOL`: an HTTP status other than 200, found in `status` and `reason`
   * - `BAD_RESPONSE`: an answer that is not HTTP, or a body that is not XML-RPC
   * - `BAD_URL`: a server URL that is neither `http://host[:port]` nor `unix:///path`
   * - `ABORTED`: the caller's signal fired, or the client was closed
   */
  readonly code: string;
  readonly serverUrl: string;
  readonly status?: number;
  readonly reason?: string;
  readonly cause?: unknown;
}

export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: string;
  readonly serverUrl: string;
  /** The HTTP status, for `PROTOCOL`. */
  readonly status: number | undefined;
  /** The phrase after the status, for `PROTOCOL`. */
  readonly reason: string | undefined;

  constructor(message: string, details: ClientErrorDetails) {
    super(message, { cause: details.cause });
    this.code = details.code;
    this.serverUrl = details.serverUrl;
    this.status = details.status;
    this.reason = details.reason;
  }
}

const meanings: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'refused connection: no server listens there'],
  ['ENOENT', 'no such socket file'],
  ['EACCES', 'permission denied on the socket file'],
  ['ENOTFOUND', 'no such host'],
  ['ETIMEDOUT', 'no answer in time'],
  ['ECONNRESET', 'the server closed the connection before it answered'],
]);

/** A failure of the socket as a ClientError. */
export function connectionError(serverUrl: string, cause: unknown): ClientError {
  if (cause instanceof ClientError) return cause;
  const code = errorCode(cause);
  const text = meanings.get(code) ?? (cause instanceof Error ? cause.message : String(cause));
  return new ClientError(`cannot reach ${serverUrl}: ${text} (${code})`, {
    code,
    serverUrl,
    cause,
  });
}

/** The server understood HTTP, but would not do it. */
export function protocolError(serverUrl: string, status: number, reason: string): ClientError {
  const message = `${serverUrl} answered ${status} ${reason}`.trimEnd();
  return new ClientError(message, { code: 'PROTOCOL', serverUrl, status, reason });
}

/** An answer that is no HTTP, or holds no XML-RPC. */
export function badResponse(serverUrl: string, cause: unknown): ClientError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `${serverUrl} does not answer as a server should: ${why}`;
  return new ClientError(message, { code: 'BAD_RESPONSE', serverUrl, cause });
}

function errorCode(error: unknown): string {
  const code: unknown = typeof error === 'object' && error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'ECONNRESET';
}
