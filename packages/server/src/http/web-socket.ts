// The one place that knows WebSockets. It is loaded when the first client offers one.
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

import type { Cancel, Clock } from '@tsvisor/core';

import type { Connection } from './connection.ts';
import type { UpgradeReply } from './message.ts';
import { refusal } from './response.ts';
import type { EchoingResponse } from './response.ts';

/** What a client may say in one message. */
export const MOST_MESSAGE_BYTES = 16 * 1024;
export const PING_EVERY_MS = 30_000;
export const PONG_WITHIN_MS = 60_000;
const LAST_WORD_MS = 1000;

/** Close codes of RFC 6455 §7.4.1. */
const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;
const POLICY_VIOLATION = 1008;

const server = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: MOST_MESSAGE_BYTES,
  maxFragments: 1024,
  maxBufferedChunks: 4096,
});

export interface Offer {
  readonly message: IncomingMessage;
  readonly response: EchoingResponse;
  /** What came behind it. */
  readonly head: Buffer;
  readonly connection: Connection;
  readonly clock: Clock;
}

/** Lets them talk until one side ends it; resolves with how many bytes went out. */
export function converse(offer: Offer, { upgrade }: UpgradeReply): Promise<number> {
  const { message, response, head, clock } = offer;
  const { socket } = message;
  const before = socket.bytesWritten;
  response.detachSocket(socket);
  return new Promise((resolve) => {
    const gone = (): void => resolve((socket.bytesWritten ?? 0) - (before ?? 0));
    if (socket.destroyed) {
      gone();
      return;
    }
    socket.once('close', gone);
    // One that stands for another cannot be read from.
    if (!(socket instanceof Socket)) {
      (socket as Socket).end(refusal(400, new Date(clock.now())));
      return;
    }
    server.handleUpgrade(message, socket, head, (ws) => talk(ws, socket, offer, upgrade));
  });
}

function talk(
  ws: WebSocket,
  socket: Socket,
  { connection, clock }: Offer,
  upgrade: UpgradeReply['upgrade'],
): void {
  const hangUp = (code: number, reason: string): void => {
    ws.close(code, reason);
    // A client that does not answer to it is not waited for, and one that does not read not long.
    socket.destroySoon();
    const cancel = clock.after(LAST_WORD_MS, () => socket.destroy());
    socket.once('close', cancel);
  };
  const party = upgrade({
    send: (text) => {
      if (ws.readyState === ws.OPEN) ws.send(text);
    },
    get waitingBytes() {
      return ws.bufferedAmount;
    },
    deafen: (isDeaf) => (isDeaf ? ws.pause() : ws.resume()),
    hangUp,
  });
  const stopPings = keepAsking(ws, clock, () => hangUp(POLICY_VIOLATION, 'no pong in time'));
  connection.hangUp = () => {
    party.ends();
    hangUp(GOING_AWAY, 'the server closes');
  };
  socket.on('drain', () => party.drained());
  ws.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) hangUp(UNSUPPORTED_DATA, 'messages are text');
    else party.heard(data.toString());
  });
  // What is no WebSocket ends it, with a code that says why.
  ws.on('error', () => undefined);
  ws.once('close', () => {
    stopPings();
    connection.hangUp = undefined;
    party.gone();
    socket.destroySoon();
  });
}

/** Pings, and tells if nothing has come back for long. */
function keepAsking(ws: WebSocket, clock: Clock, lost: () => void): Cancel {
  let answeredAt = clock.monotonic();
  let cancel: Cancel = () => undefined;
  const ask = (): void => {
    cancel = clock.after(PING_EVERY_MS, () => {
      if (clock.monotonic() - answeredAt >= PONG_WITHIN_MS) {
        lost();
        return;
      }
      if (ws.readyState === ws.OPEN) ws.ping();
      ask();
    });
  };
  ws.on('pong', () => (answeredAt = clock.monotonic()));
  ask();
  return () => cancel();
}
