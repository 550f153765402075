import type { MethodName, MethodParams, MethodResult } from '@tsvisor/rpc';

export type { ConfigInfo, ProcessInfo, ProcessStatus } from '@tsvisor/rpc';

/** Where the daemon is and who asks. */
export interface Server {
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  /** For `https://`. */
  readonly tls?: TlsFiles | undefined;
}

/** The files of `tls_ca`, `tls_cert` and `tls_key`. */
export interface TlsFiles {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
}

/** A method of the namespace `supervisor`. */
export type Method = MethodName extends infer N
  ? N extends `supervisor.${infer M}`
    ? M
    : never
  : never;
export type Params<M extends Method> = MethodParams<`supervisor.${M}`>;
export type Result<M extends Method> = MethodResult<`supervisor.${M}`>;

/** The log of one channel of a process, or the daemon's own. */
export type Log =
  | { readonly of: 'process'; readonly name: string; readonly channel: 'stdout' | 'stderr' }
  | { readonly of: 'daemon' }
  /** What happens, a JSON object a line. */
  | { readonly of: 'events'; readonly names: readonly string[] };

/** How the following of a log ended. */
export type StreamEnd =
  | { readonly type: 'ended' }
  | { readonly type: 'refused'; readonly status: number }
  | { readonly type: 'unreachable'; readonly error: unknown };

/** The daemon at the other end. */
export interface Remote {
  /** Calls `supervisor.METHOD`. Rejects with a fault, an HTTP status or an error of the socket. */
  call<M extends Method>(method: M, ...params: Params<M>): Promise<Result<M>>;
  /** Calls any method by its full name. Rejects like `call`. */
  request(method: string, params: readonly unknown[]): Promise<unknown>;
  /**
   * Follows a log until the daemon or `signal` ends it. Rejects only with Unwritable.
   *
   * @param missed told when something was left out, because the reader is slow
   */
  follow(
    log: Log,
    receive: (bytes: Uint8Array) => void,
    signal: AbortSignal,
    missed?: (text: string) => void,
  ): Promise<StreamEnd>;
}

/** Reaches a daemon. Nothing is sent before the first call. */
export type Connect = (server: Server) => Remote;
