import type { Socket } from 'node:net';

import { badResponse, connectionError } from './errors.ts';
import type { ClientError } from './errors.ts';
import { Exchange } from './exchange.ts';
import type { HttpResponse } from './exchange.ts';
import { aborted, timedOut } from './socket.ts';

export interface ExchangeOptions {
  /** Milliseconds without a byte from the server after which to give up; 0 waits for ever. */
  readonly idleTimeoutMs: number;
  /** Bytes of body after which to give up; 0 takes any. */
  readonly maxResponseBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** One kept-alive connection: a request at a time. */
export class Connection {
  readonly #socket: Socket;
  readonly #serverUrl: string;
  #isOpen = true;
  #exchange: Exchange | undefined;

  constructor(socket: Socket, serverUrl: string) {
    this.#socket = socket;
    this.#serverUrl = serverUrl;
    socket.on('data', (bytes: Buffer) => this.#received(bytes));
    socket.on('end', () => this.#ended());
    socket.on('close', () => this.#ended());
    socket.on('error', (error) => this.#fail(connectionError(serverUrl, error)));
  }

  /** Whether another request may be sent. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Sends a request and waits for the answer. @throws {ClientError} and is closed then. */
  async send(request: Buffer, options: ExchangeOptions): Promise<HttpResponse> {
    const { signal, idleTimeoutMs } = options;
    const abort = (): void => this.#fail(aborted(this.#serverUrl));
    const expire = (): void => this.#fail(timedOut(this.#serverUrl, idleTimeoutMs));
    signal?.addEventListener('abort', abort);
    this.#socket.on('timeout', expire);
    // An idle connection must not keep the program running.
    this.#socket.ref().setTimeout(idleTimeoutMs);
    try {
      return await new Promise<HttpResponse>((resolve, reject) => {
        this.#exchange = new Exchange(options.maxResponseBytes, resolve, reject);
        this.#socket.write(request);
        if (signal?.aborted) abort();
      });
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#socket.off('timeout', expire);
      this.#socket.setTimeout(0).unref();
    }
  }

  close(): void {
    this.#fail(aborted(this.#serverUrl));
  }

  #received(bytes: Buffer): void {
    const exchange = this.#exchange;
    if (!exchange) {
      // Nothing was asked: whatever this is, the next answer could not be told from it.
      this.#drop();
      return;
    }
    try {
      exchange.received(bytes);
    } catch (error) {
      this.#fail(badResponse(this.#serverUrl, error));
      return;
    }
    if (exchange.isSettled) this.#finish(exchange);
  }

  #ended(): void {
    const exchange = this.#exchange;
    if (!exchange) {
      this.#drop();
      return;
    }
    if (!exchange.hasStarted) {
      this.#fail(connectionError(this.#serverUrl, { code: 'ECONNRESET' }));
      return;
    }
    try {
      exchange.connectionEnded();
      this.#finish(exchange);
    } catch (error) {
      this.#fail(badResponse(this.#serverUrl, error));
    }
    this.#drop();
  }

  #finish(exchange: Exchange): void {
    this.#exchange = undefined;
    if (!exchange.keepsAlive) this.#drop();
  }

  #fail(error: ClientError): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#drop();
    exchange?.reject(error);
  }

  #drop(): void {
    this.#isOpen = false;
    this.#socket.destroy();
  }
}
