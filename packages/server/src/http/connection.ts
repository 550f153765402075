import type { Socket } from 'node:net';

import type { Cancel, Clock } from '@tsvisor/core';

/** One client's connection: its requests are answered one after another, in order. */
export class Connection {
  readonly socket: Socket;
  readonly #clock: Clock;
  #queue: Promise<void> = Promise.resolve();
  /** Cancels the limit on how long the first request may take to come. */
  headTimer: Cancel = () => undefined;
  /** Requests taken that are not answered yet. */
  waiting = 0;
  /** Something is being done for it; the reply goes on even if the client is slow. */
  busy = false;
  /** The TLS handshake is not done. */
  isArriving = false;
  /** An endless reply is under way. */
  endless = false;
  /** Ends a WebSocket in due form. */
  hangUp: (() => void) | undefined;
  /** When it last gave us, or got from us, a whole message. */
  idleSince: number;

  constructor(socket: Socket, clock: Clock) {
    this.socket = socket;
    this.#clock = clock;
    this.idleSince = clock.monotonic();
  }

  /** Runs `answer` when all that came before on this connection has been answered. */
  take(answer: () => Promise<void>): void {
    this.waiting += 1;
    this.#queue = this.#queue.then(async () => {
      try {
        if (!this.socket.destroyed) await answer();
      } finally {
        this.waiting -= 1;
        this.rest();
      }
    });
  }

  /** It is the client's turn. */
  rest(): void {
    this.busy = false;
    this.endless = false;
    this.idleSince = this.#clock.monotonic();
  }

  /** Resolves when nothing that was taken so far is unanswered. */
  settled(): Promise<void> {
    return this.#queue;
  }
}

/**
 * Which connection makes room for a new one: the one idle longest, else an endless reply whose
 * client does not read. Undefined: all are at work.
 */
export function evictable(connections: Iterable<Connection>): Connection | undefined {
  let idle: Connection | undefined;
  let stalled: Connection | undefined;
  for (const connection of connections) {
    const { busy, endless, socket, idleSince } = connection;
    if (!busy && !endless && idleSince < (idle?.idleSince ?? Infinity)) idle = connection;
    if (endless && socket.writableNeedDrain) stalled ??= connection;
  }
  return idle ?? stalled;
}
