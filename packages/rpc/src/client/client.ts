import { COMPACT_TYPE, decodeCompact } from '../compact.ts';
import { Fault } from '../faults.ts';
import type { MethodName, MethodParams, MethodResult } from '../methods.ts';
import { isList } from '../values.ts';
import type { RpcValue } from '../values.ts';
import { asFault, decodeResponse } from '../xmlrpc/decode.ts';
import { encodeRequest } from '../xmlrpc/encode.ts';
import { Connection } from './connection.ts';
import { ClientError, badResponse, protocolError } from './errors.ts';
import type { HttpResponse } from './exchange.ts';
import { follow } from './follow.ts';
import { rpcRequest } from './request-head.ts';
import type { Credentials } from './request-head.ts';
import { parseServerUrl } from './server-url.ts';
import type { Address, TlsSettings } from './server-url.ts';
import { aborted, openSocket } from './socket.ts';
import type { StreamMessage, StreamWish } from './stream-messages.ts';

export interface ClientOptions extends Credentials {
  /** `http://host[:port]`, `https://host[:port]` or `unix:///path`. */
  readonly serverUrl: string;
  /** For `https://`: whom to trust, and what to show to a server that asks for a certificate. */
  readonly tls?: TlsSettings | undefined;
  /** Milliseconds until a connection must stand; 0 waits as long as the system does. Default 10,000. */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * Milliseconds that a call may wait for a byte of the answer; 0, the default, waits for ever, as
   * starting or stopping a process may take as long as its configuration says.
   */
  readonly idleTimeoutMs?: number | undefined;
  /** Bytes of the largest answer that is taken; 0 takes any. Default 256 MiB. */
  readonly maxResponseBytes?: number | undefined;
}

export interface CallOptions {
  /** Gives up waiting (ABORTED). What the server has begun goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** A method with its parameters, for `multicall`. */
export type Call = {
  [N in MethodName]: readonly [method: N, params: MethodParams<N>];
}[MethodName];

export type CallResults<C extends readonly Call[]> = {
  [I in keyof C]: C[I] extends readonly [infer N extends MethodName, unknown]
    ? MethodResult<N> | Fault
    : never;
};

/**
 * A supervisord or tsvd, by its unix or TCP socket. One connection is kept and used by one call
 * after the other; it does not keep the program running. A request is never sent twice.
 */
export class Client {
  readonly #address: Address;
  readonly #credentials: Credentials;
  readonly #connectTimeoutMs: number;
  readonly #idleTimeoutMs: number;
  readonly #maxResponseBytes: number;
  #connection: Connection | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** Connects only when first asked something. @throws {ClientError} BAD_URL. */
  constructor(options: ClientOptions) {
    this.#address = parseServerUrl(options.serverUrl, options.tls);
    this.#credentials = { username: options.username, password: options.password };
    this.#connectTimeoutMs = options.connectTimeoutMs ?? 10_000;
    this.#idleTimeoutMs = options.idleTimeoutMs ?? 0;
    this.#maxResponseBytes = options.maxResponseBytes ?? 256 * 1024 * 1024;
  }

  /**
   * Calls a method of the table.
   *
   * @throws {Fault} as the server answers.
   * @throws {ClientError} if it cannot be asked.
   */
  async call<N extends MethodName>(
    method: N,
    params: MethodParams<N>,
    options: CallOptions = {},
  ): Promise<MethodResult<N>> {
    const result = await this.callAny(method, params as readonly RpcValue[], options);
    return result as MethodResult<N>;
  }

  /** Calls any method, such as one of a plug-in. */
  async callAny(
    method: string,
    params: readonly RpcValue[],
    options: CallOptions = {},
  ): Promise<RpcValue> {
    const given = params.filter((param) => param !== undefined);
    const request = rpcRequest(this.#address, this.#credentials, encodeRequest(method, given));
    const response = await this.#inTurn(() => this.#exchange(request, options));
    const { serverUrl } = this.#address;
    const { status, reason } = response;
    if (status !== 200) throw protocolError(serverUrl, status, reason);
    return this.#decode(response);
  }

  /** Makes several calls in one request. A call that fails has its Fault in the place of a result. */
  async multicall<const C extends readonly Call[]>(
    calls: C,
    options: CallOptions = {},
  ): Promise<CallResults<C>> {
    const list = calls.map(([methodName, params]) => ({ methodName, params: [...params] }));
    const results = await this.callAny('system.multicall', [list as RpcValue], options);
    if (!isList(results) || results.length !== calls.length) {
      const why = `${calls.length} calls, but not as many results`;
      throw badResponse(this.#address.serverUrl, why);
    }
    return results.map((result) => asFault(result) ?? result) as CallResults<C>;
  }

  /** Streams the log of a process; see `follow`. The name is `name` or `group:name`. */
  followProcessLog(
    name: string,
    channel: 'stdout' | 'stderr',
    options: CallOptions = {},
  ): AsyncGenerator<Buffer, void, void> {
    return this.#follow(`/logtail/${name}/${channel}`, options);
  }

  /** Streams the daemon's own log; see `follow`. */
  followMainLog(options: CallOptions = {}): AsyncGenerator<Buffer, void, void> {
    return this.#follow('/mainlogtail', options);
  }

  /**
   * Streams what happens, a JSON object a line, from tsvd; supervisord has no such thing (404).
   * `names` as in `events=` of an event listener; empty for the usual ones.
   */
  followEvents(
    names: readonly string[] = [],
    options: CallOptions = {},
  ): AsyncGenerator<Buffer, void, void> {
    return this.#follow(names.length === 0 ? '/events' : `/events?names=${names.join()}`, options);
  }

  /**
   * Subscribes to one thing that tsvd tells of, on a connection of its own; see `stream`.
   * supervisord has no such thing (PROTOCOL, 404).
   */
  async *subscribe(
    wish: StreamWish,
    { signal }: CallOptions = {},
  ): AsyncGenerator<StreamMessage, boolean, void> {
    // WebSockets need node:http, which takes 14 ms to load.
    const { stream } = await import('./stream.ts');
    const options = { connectTimeoutMs: this.#connectTimeoutMs, signal };
    return yield* stream(this.#address, this.#credentials, wish, options);
  }

  /** Closes the connection; calls that wait are given up. A later call opens another. */
  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  #follow(path: string, { signal }: CallOptions): AsyncGenerator<Buffer, void, void> {
    const options = { connectTimeoutMs: this.#connectTimeoutMs, signal };
    return follow(this.#address, this.#credentials, path, options);
  }

  /** HTTP answers in the order of asking, so a call waits for the one before. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => {});
    return result;
  }

  async #exchange(request: Buffer, { signal }: CallOptions): Promise<HttpResponse> {
    if (signal?.aborted) throw aborted(this.#address.serverUrl);
    const options = {
      idleTimeoutMs: this.#idleTimeoutMs,
      maxResponseBytes: this.#maxResponseBytes,
      signal,
    };
    const before = this.#connection;
    const connection = await this.#open(signal);
    try {
      return await connection.send(request, options);
    } catch (error) {
      // The server had gone from a connection that was kept, before this could be sent.
      const isUnsent = error instanceof ClientError && error.code === 'EPIPE';
      if (!isUnsent || connection !== before) throw error;
      return (await this.#open(signal)).send(request, options);
    }
  }

  async #open(signal: AbortSignal | undefined): Promise<Connection> {
    if (this.#connection?.isOpen) return this.#connection;
    const options = { connectTimeoutMs: this.#connectTimeoutMs, signal };
    const socket = await openSocket(this.#address, options);
    this.#connection = new Connection(socket, this.#address.serverUrl);
    return this.#connection;
  }

  #decode(response: HttpResponse): RpcValue {
    try {
      if (response.headers.get('content-type') === COMPACT_TYPE)
        return decodeCompact(response.body);
      return decodeResponse(response.body, { maxBytes: this.#maxResponseBytes });
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw badResponse(this.#address.serverUrl, error);
    }
  }
}
