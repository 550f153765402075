// One request and its reply.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import type { Clock, Logger } from '@tsvisor/core';

import { logAccess, logServerError } from './access-log.ts';
import { readBody, unwanted } from './body.ts';
import type { Connection } from './connection.ts';
import type { Limits } from './limits.ts';
import { HttpError } from './message.ts';
import type { EndlessReply, Handler, Reply, Request, Sink, WholeReply } from './message.ts';
import { errorReply } from './replies.ts';
import { requestFrom } from './request.ts';
import { staysOpen, writeHead } from './response.ts';
import type { EchoingResponse } from './response.ts';

interface Surroundings {
  readonly handler: Handler;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly who: string;
  readonly limits: Limits;
  /** What came behind the offer of a WebSocket; left out: none is offered. */
  readonly head?: Buffer | undefined;
}

/** Resolves when the reply has been sent, or nobody is there any more to get it. */
export async function answer(
  message: IncomingMessage,
  response: EchoingResponse,
  connection: Connection,
  surroundings: Surroundings,
): Promise<void> {
  const { logger, clock, limits, head } = surroundings;
  connection.busy = true;
  const patiently = async <T>(work: Promise<T>): Promise<T> => {
    connection.rest();
    const done = await work;
    connection.busy = true;
    return done;
  };
  const request = requestFrom(message, {
    patiently,
    body() {
      if (message.headers.expect !== undefined) response.writeContinue();
      return patiently(readBody(message, limits, clock));
    },
  });
  const reply = await replyTo(request, surroundings);
  if ('upgrade' in reply) {
    if (head === undefined) throw new Error('internal error: no WebSocket is offered');
    if (response.destroyed) return;
    connection.busy = false;
    connection.endless = true;
    const { converse } = await import('./web-socket.ts');
    const bytes = await converse({ message, response, head, connection, clock }, reply);
    const access = { ...request.peer, line: request.line, status: reply.status, bytes };
    logAccess(logger, access, new Date(clock.now()));
    return;
  }
  if (response.destroyed) {
    if ('stream' in reply) reply.stream(nobody)();
    return;
  }
  const gone = new Promise<void>((resolve) => void response.once('close', resolve));
  if ('stream' in reply) {
    connection.busy = false;
    connection.endless = true;
    sendStream(response, request, reply, clock);
    endWithClient(message.socket);
  } else {
    connection.rest();
    // Whoever has said all there is to say, and heard the answers, is done with the connection.
    const isLast = connection.waiting === 1 || !message.complete;
    const close =
      reply.close === true || head !== undefined || (message.socket.readableEnded && isLast);
    const rest =
      message.complete || message.socket.readableEnded
        ? undefined
        : () => unwanted(message, limits.closeTimeoutMs, clock);
    sendWhole(response, request, { ...reply, close }, { clock, rest });
  }
  response.once('finish', () => {
    const { headBytes, bodyBytes } = response;
    const bytes = headBytes + bodyBytes;
    const access = { ...request.peer, line: request.line, status: reply.status, bytes };
    logAccess(logger, access, new Date(clock.now()));
  });
  await gone;
}

/** What goes wrong in a handler is the server's fault, and the log's business. */
async function replyTo(request: Request, { handler, logger, who }: Surroundings): Promise<Reply> {
  try {
    return await handler(request);
  } catch (error) {
    if (error instanceof HttpError) {
      const refused = closing.has(error.status);
      return { ...errorReply(error.status), close: refused };
    }
    logServerError(logger, who, error);
    return errorReply(500);
  }
}

// What follows on the connection may be the body that was not read.
const closing: ReadonlySet<number> = new Set([408, 411, 413]);

/** @param around `rest` waits for what the client has still to send, if there is any */
function sendWhole(
  response: EchoingResponse,
  request: Request,
  { status, headers, body, close = false }: WholeReply,
  { clock, rest }: { clock: Clock; rest: (() => Promise<void>) | undefined },
): void {
  const hasLength = headers.some(([name]) => name === 'Content-Length');
  const keepOpen = !close && staysOpen(request, hasLength);
  const old = request.version === '1.0';
  writeHead(response, status, headers, { keepOpen, old, now: new Date(clock.now()) });
  response.bodyBytes = request.method === 'HEAD' ? 0 : body.length;
  if (keepOpen || rest === undefined) response.end(body);
  else {
    response.flushHeaders();
    response.write(body);
    void rest().then(() => response.end());
  }
}

function sendStream(
  response: EchoingResponse,
  request: Request,
  { status, headers, stream }: EndlessReply,
  clock: Clock,
): void {
  const chunked = staysOpen(request, false);
  // Without chunks the end of the connection is the end of the reply.
  if (!chunked) response.removeHeader('transfer-encoding');
  const all = chunked ? [...headers, ['Transfer-Encoding', 'chunked'] as const] : headers;
  const now = new Date(clock.now());
  writeHead(response, status, all, { keepOpen: chunked, old: false, now });
  response.flushHeaders();
  const stop = stream({
    write: (chunk) => {
      response.bodyBytes += chunk.length;
      return response.write(chunk);
    },
    drained: (run) => void response.on('drain', run),
    end: () => void response.end(),
  });
  response.once('close', stop);
}

/** Nothing else would tell that nobody reads any more, as long as there is nothing to write. */
function endWithClient(socket: Socket): void {
  if (socket.readableEnded) socket.destroy();
  else socket.once('end', () => socket.destroy());
}

/** The client left before its reply began. */
const nobody: Sink = { write: () => true, drained: () => undefined, end: () => undefined };
