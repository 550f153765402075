import type { IncomingMessage } from 'node:http';

import type { Clock } from '@tsvisor/core';

import type { Limits } from './limits.ts';
import { HttpError } from './message.ts';

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
  await new Promise<void>((resolve, reject) => {
    const tooSlow = (): void => reject(new HttpError(408));
    let cancel = clock.after(limits.bodyTimeoutMs, tooSlow);
    message.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      cancel();
      cancel = clock.after(limits.bodyTimeoutMs, tooSlow);
    });
    message.once('end', resolve);
    message.once('close', () => {
      cancel();
      reject(new HttpError(400));
    });
    // Reported by `close` too.
    message.once('error', () => undefined);
  });
  return Buffer.concat(chunks);
}
