// The HTTP edge: all that knows node:http. What is asked and answered passes as Request and Reply.
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { Server as Listener } from 'node:net';
import type { Socket } from 'node:net';

import type { Clock, Logger } from '@tsvisor/core';

import type { Arrivals } from '../tls/gate.ts';
import { logServerError } from './access-log.ts';
import { Connection, evictable } from './connection.ts';
import { answer } from './exchange.ts';
import { defaultLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import type { Handler } from './message.ts';
import { OfferingMessage } from './offer.ts';
import { EchoingResponse, refusal } from './response.ts';
import { Reread, encodeRequestLine } from './unencoded.ts';

export interface EdgeOptions {
  readonly handler: Handler;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Whom lines of the main log about this server are from: its host, or its socket's path. */
  readonly who: string;
  readonly limits?: Partial<Limits>;
  /** Lets clients in by TLS. */
  readonly gate?: ((arrivals: Arrivals) => { readonly listener: Listener }) | undefined;
}

export class HttpEdge {
  /** Not listening yet: whoever makes the socket lets it. */
  readonly listener: Listener;
  readonly server: Server<typeof OfferingMessage, typeof EchoingResponse>;
  readonly #options: EdgeOptions;
  readonly #limits: Limits;
  readonly #connections = new Map<Socket, Connection>();
  /** What listens in the place of `listener` since it has moved. */
  #later: Listener | undefined;

  constructor(options: EdgeOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.server = createServer({
      IncomingMessage: OfferingMessage,
      ServerResponse: EchoingResponse,
      requireHostHeader: false,
      maxHeaderSize: this.#limits.maxHeadBytes,
      // An idle client stays; a timer of our own sees to the others, so that nothing polls.
      keepAliveTimeout: 0,
      headersTimeout: 0,
      requestTimeout: 0,
      connectionsCheckingInterval: 2 ** 31 - 1,
    });
    // A client that has sent all it has to say still wants its answer (`nc -N`).
    Object.assign(this.server, { httpAllowHalfOpen: true });
    this.server.on('connection', (socket: Socket) => this.#connected(socket));
    this.listener = options.gate?.(this.#arrivals()).listener ?? this.server;
    this.server.on('request', (message, response) => this.#requested(message, response));
    this.server.on('checkContinue', (message, response) => this.#requested(message, response));
    this.server.on('checkExpectation', (message, response) => this.#requested(message, response));
    this.server.on('upgrade', (message, socket, head) =>
      this.#offered(message, socket as Socket, head),
    );
    this.server.on('connect', (_message, socket) => this.#refuse(socket as Socket, 400));
    this.server.on('clientError', (error: ParseError, socket) =>
      this.#misunderstood(socket as Socket, error),
    );
  }

  /**
   * Listens elsewhere, if that can be had; connections stay as they are.
   *
   * @throws whatever `listen` throws: nothing has changed then
   */
  async moveTo<T>(listen: (listener: Listener) => Promise<T>): Promise<T> {
    const listener = new Listener({ allowHalfOpen: true }, (socket) =>
      this.server.emit('connection', socket),
    );
    const place = await listen(listener);
    // Not by its own: the close of an HTTP server also ends what is idle.
    Listener.prototype.close.call(this.#later ?? this.listener);
    this.#later = listener;
    return place;
  }

  /** Ends all connections: endless replies at once, the others when they have been sent. */
  async close(): Promise<void> {
    const closed = new Promise<void>(
      (resolve) => void (this.#later ?? this.listener).close(() => resolve()),
    );
    const settled = [];
    for (const connection of this.#connections.values()) {
      if (connection.isArriving) connection.socket.destroy();
      else if (connection.hangUp !== undefined) {
        connection.hangUp();
        settled.push(connection.settled());
      } else if (connection.endless || connection.waiting === 0) end(connection.socket);
      else settled.push(connection.settled().then(() => end(connection.socket)));
    }
    let late = (): void => undefined;
    const cancel = this.#options.clock.after(this.#limits.closeTimeoutMs, () => late());
    await Promise.race([
      Promise.all(settled).then(() => closed),
      new Promise<void>((resolve) => (late = resolve)),
    ]);
    cancel();
    for (const socket of this.#connections.keys()) socket.destroy();
    await closed;
  }

  /** A client counts from the first: a handshake takes a place like any other that is idle. */
  #arrivals(): Arrivals {
    return {
      arrived: (socket) => {
        const connection = this.#connected(socket, this.#limits.handshakeTimeoutMs);
        connection.isArriving = true;
      },
      secured: (socket, secure) => {
        this.#forget(socket);
        this.server.emit('connection', secure);
      },
      plain: (socket) => {
        this.#refuse(socket, 400);
        socket.resume();
        // It may go on talking: what is unread when we close would cost it our answer.
        const { closeTimeoutMs } = this.#limits;
        const connection = this.#connections.get(socket);
        if (connection === undefined) return;
        connection.headTimer = this.#options.clock.after(closeTimeoutMs, () => socket.destroy());
      },
    };
  }

  #connected(socket: Socket, patienceMs = this.#limits.headTimeoutMs): Connection {
    const { clock } = this.#options;
    const connection = new Connection(socket, clock);
    this.#connections.set(socket, connection);
    // A reset by the peer is no news to anyone; `close` follows.
    socket.on('error', () => undefined);
    connection.headTimer = clock.after(patienceMs, () => socket.destroy());
    socket.once('close', () => {
      connection.headTimer();
      this.#connections.delete(socket);
    });
    if (this.#connections.size > this.#limits.maxConnections) {
      (evictable(this.#connections.values()) ?? connection).socket.destroy();
    }
    return connection;
  }

  /** Another socket takes its place. */
  #forget(socket: Socket): void {
    this.#connections.get(socket)?.headTimer();
    this.#connections.delete(socket);
  }

  #requested(message: IncomingMessage, response: EchoingResponse): void {
    this.#take(message, () => response);
  }

  /** A WebSocket is offered: the socket is ours, and nothing more of HTTP comes in by it. */
  #offered(message: OfferingMessage, socket: Socket, head: Buffer): void {
    this.#take(
      message,
      () => {
        const response = new EchoingResponse(message);
        response.assignSocket(socket);
        // What is refused ends the connection.
        response.once('finish', () => end(socket));
        return response;
      },
      head,
    );
  }

  #take(message: IncomingMessage, response: () => EchoingResponse, head?: Buffer): void {
    const connection = this.#connections.get(message.socket);
    if (connection === undefined || connection.waiting >= this.#limits.maxPipelined) {
      message.socket.destroy();
      return;
    }
    connection.headTimer();
    connection.take(async () => {
      try {
        const surroundings = { ...this.#options, limits: this.#limits, head };
        await answer(message, response(), connection, surroundings);
      } catch (error) {
        // A reply that cannot be written down, such as one with a line end in a header.
        logServerError(this.#options.logger, this.#options.who, error);
        message.socket.destroy();
      }
    });
  }

  #misunderstood(socket: Socket, { code, rawPacket }: ParseError): void {
    const encoded =
      code === 'HPE_INVALID_URL' && rawPacket !== undefined
        ? encodeRequestLine(rawPacket)
        : undefined;
    const connection = this.#connections.get(socket);
    if (encoded === undefined || connection === undefined || connection.waiting > 0) {
      this.#refuse(socket, code === 'HPE_HEADER_OVERFLOW' ? 431 : 400);
      return;
    }
    this.#forget(socket);
    this.server.emit('connection', new Reread(socket, encoded));
  }

  /** What is not HTTP gets an error page, in its turn, and the connection ends. */
  #refuse(socket: Socket, status: number): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined || !socket.writable) {
      socket.destroy();
      return;
    }
    connection.headTimer();
    connection.take(async () => {
      socket.end(refusal(status, new Date(this.#options.clock.now())));
    });
  }
}

interface ParseError {
  readonly code?: string;
  readonly rawPacket?: Buffer;
}

/** Lets what was written go out first. */
const end = (socket: Socket): void => socket.destroySoon();
