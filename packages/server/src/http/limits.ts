/** What one server accepts of its clients. */
export interface Limits {
  /** Connections at a time; the next one takes the place of the one idle longest. */
  readonly maxConnections: number;
  readonly maxHeadBytes: number;
  readonly maxBodyBytes: number;
  /** Requests that wait on one connection behind an unanswered one. */
  readonly maxPipelined: number;
  /** From connecting to the end of the TLS handshake. */
  readonly handshakeTimeoutMs: number;
  /** From connecting, or the handshake, to the end of the first request's head. */
  readonly headTimeoutMs: number;
  /** Between two pieces of a body. */
  readonly bodyTimeoutMs: number;
  /** How long closing a server waits for replies that are under way. */
  readonly closeTimeoutMs: number;
}

/** What is in force unless something else is asked for. */
export const defaultLimits: Limits = {
  maxConnections: 256,
  maxHeadBytes: 64 * 1024,
  maxBodyBytes: 16 * 1024 * 1024,
  maxPipelined: 1000,
  handshakeTimeoutMs: 20_000,
  headTimeoutMs: 60_000,
  bodyTimeoutMs: 30_000,
  closeTimeoutMs: 1000,
};
