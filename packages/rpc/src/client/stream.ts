import { WebSocket } from 'ws';

import { Fault } from '../faults.ts';
import { badResponse, connectionError, protocolError } from './errors.ts';
import { basic } from './request-head.ts';
import type { Credentials } from './request-head.ts';
import { hostHeader } from './server-url.ts';
import type { Address } from './server-url.ts';
import { openSocket } from './socket.ts';
import type { ConnectOptions } from './socket.ts';
import type { StreamMessage, StreamWish } from './stream-messages.ts';

const PATH = '/api/v1/stream';
const ID = 's';
/** Messages that may wait for whoever reads them, before the server has to wait. */
const MOST_WAITING = 16;
/** The server has hung up on a client that was silent; it may come back. */
const POLICY_VIOLATION = 1008;

/**
 * Yields what a tsvd tells of one subscription. Ends when the server goes away, the subscription
 * is over, or the signal fires; leaving the loop closes the connection. While nobody takes what it
 * yields, the server waits.
 *
 * @returns whether it is worth subscribing again: the server has hung up for a reason of its own
 * @throws {Fault} the server refuses the subscription
 * @throws {ClientError} PROTOCOL: the server has no stream; or a failure to connect
 */
export async function* stream(
  address: Address,
  credentials: Credentials,
  wish: StreamWish,
  options: ConnectOptions,
): AsyncGenerator<StreamMessage, boolean, void> {
  const { signal } = options;
  if (signal?.aborted) return false;
  const socket = await openSocket(address, options);
  const ws = new WebSocket(`ws://${hostHeader(address)}${PATH}`, {
    createConnection: () => socket,
    perMessageDeflate: false,
    headers: headersFor(credentials),
  });
  const inbox = new Inbox(ws, address.serverUrl);
  const abort = (): void => ws.terminate();
  signal?.addEventListener('abort', abort);
  try {
    ws.once('open', () => ws.send(JSON.stringify({ type: 'subscribe', id: ID, ...wish })));
    for (;;) {
      const message = await inbox.next();
      if (message === undefined) break;
      if (message.type === 'error') throw new Fault(message.code, message.message);
      yield message;
      if (message.type === 'ended') return true;
    }
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    ws.terminate();
    socket.destroy();
  }
  return inbox.code === POLICY_VIOLATION;
}

/** As with the other streams, only if the password is not empty. */
function headersFor({ username = '', password = '' }: Credentials): Record<string, string> {
  return password === '' ? {} : { Authorization: basic(username, password) };
}

/** Messages as they arrive, for one who takes them one by one. */
class Inbox {
  readonly #ws: WebSocket;
  readonly #messages: StreamMessage[] = [];
  #failure: Error | undefined;
  #isOver = false;
  #wake: () => void = () => undefined;
  /** With which the server has closed. */
  code: number | undefined;

  constructor(ws: WebSocket, serverUrl: string) {
    this.#ws = ws;
    let isOpen = false;
    ws.on('open', () => (isOpen = true));
    ws.on('message', (data: Buffer) => {
      try {
        this.#messages.push(JSON.parse(data.toString()) as StreamMessage);
      } catch (error) {
        this.#end(badResponse(serverUrl, error));
      }
      if (this.#messages.length >= MOST_WAITING) ws.pause();
      this.#wake();
    });
    ws.on('unexpected-response', (_request, { statusCode = 0, statusMessage = '' }) =>
      this.#end(protocolError(serverUrl, statusCode, statusMessage)),
    );
    ws.on('error', (error) => this.#end(isOpen ? undefined : connectionError(serverUrl, error)));
    ws.on('close', (code) => {
      this.code = code;
      this.#end(isOpen ? undefined : connectionError(serverUrl, { code: 'ECONNRESET' }));
    });
  }

  /** The next one; undefined: there will be none. */
  async next(): Promise<StreamMessage | undefined> {
    while (this.#messages.length === 0 && !this.#isOver) {
      if (this.#ws.isPaused) this.#ws.resume();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const message = this.#messages.shift();
    if (message === undefined && this.#failure !== undefined) throw this.#failure;
    return message;
  }

  #end(failure: Error | undefined): void {
    this.#failure ??= failure;
    this.#isOver = true;
    this.#wake();
  }
}
