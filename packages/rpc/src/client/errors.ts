/** Why a server could not be asked, or did not answer as one should. */
export interface ClientErrorDetails {
  /**
   * - an errno of the connection: `ECONNREFUSED`, `ENOENT`, `EACCES`, `ETIMEDOUT`, `ECONNRESET`, …
   * - `PROTOCOL`: an HTTP status other than 200, found in `status` and `reason`
   * - `BAD_RESPONSE`: an answer that is not HTTP, or a body that is not XML-RPC
   * - a code of TLS: `CERT_HAS_EXPIRED`, `SELF_SIGNED_CERT_IN_CHAIN`, `ERR_SSL_…`, …
   * - `BAD_URL`: a server URL that is none of `http[s]://host[:port]` and `unix:///path`
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

/** An authority is missing, to us. */
const untrusted = 'the certificate is not of an authority that is trusted here';
/** It wants a certificate from us. */
const certificateWanted = 'the server wants a certificate of the client';

const tlsMeanings: readonly (readonly [code: string, meaning: string])[] = [
  ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
  ['CERT_HAS_EXPIRED', 'the certificate has expired'],
  ['CERT_NOT_YET_VALID', 'the certificate is not valid yet'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'the certificate is for another name'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', certificateWanted],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'no handshake is possible'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'the server does not speak TLS'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'the server does not speak TLS'],
];

const meanings: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'refused connection: no server listens there'],
  ['ENOENT', 'no such socket file'],
  ['EACCES', 'permission denied on the socket file'],
  ['ENOTFOUND', 'no such host'],
  ['ETIMEDOUT', 'no answer in time'],
  ['ECONNRESET', 'the server closed the connection before it answered'],
  ...tlsMeanings,
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
