import type { IncomingMessage } from 'node:http';

import type { Clock } from '@tsvisor/core';

import type { Limits } from './limits.ts';
import { HttpError } from './message.ts';

/**
 * Lets what nobody wants of a request come in, for some time. Clients that send a body after the
 * head, as Python's, would not hear the answer if the connection ended meanwhile: EPIPE.
 */
export async function unwanted(
  message: IncomingMessage,
  patienceMs: number,
  clock: Clock,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const cancel = clock.after(patienceMs, resolve);
    const end = (): void => {
      cancel();
      resolve();
    };
    message.once('end', end);
    message.once('close', end);
    message.resume();
  });
}

/** Reads the whole body of a request; it needs a Content-Length, as it always has. */
export async function readBody(
  message: IncomingMessage,
  limits: Limits,
  clock: Clock,
): Promise<Buffer> {
  const length = message.headers['content-length'];
  if (length === undefined) throw new HttpError(411);
  if (Number(length) > limits.maxBodyBytes) throw new HttpError(413);
  const chunks: Buffer[] = [];
  let missing = Number(length);
  await new Promise<void>((resolve, reject) => {
    let isOver = false;
    const end = (): void => {
      isOver = true;
      cancel();
      socket.off('end', halfClosed);
      message.off('data', received);
      resolve();
    };
    const fail = (status: number): void => {
      if (isOver) return;
      reject(new HttpError(status));
      end();
    };
    const wait = (): (() => void) => clock.after(limits.bodyTimeoutMs, () => fail(408));
    const received = (chunk: Buffer): void => {
      chunks.push(chunk);
      cancel();
      missing -= chunk.length;
      if (missing > 0) cancel = wait();
    };
    // Such a client sends no more, but can still be answered.
    const halfClosed = (): void => {
      if (!message.complete) fail(400);
    };
    const { socket } = message;
    let cancel = wait();
    message.on('data', received);
    message.once('end', end);
    message.once('close', () => fail(400));
    // Reported by `close` too.
    message.once('error', () => undefined);
    socket.once('end', halfClosed);
    if (socket.readableEnded) halfClosed();
  });
  return Buffer.concat(chunks);
}
