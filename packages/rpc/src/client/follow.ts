import { badResponse, connectionError, protocolError } from './errors.ts';
import type { ClientError } from './errors.ts';
import { followRequest } from './request-head.ts';
import type { Credentials } from './request-head.ts';
import { ResponseError, ResponseParser } from './response-parser.ts';
import type { ResponseHead } from './response-parser.ts';
import type { Address } from './server-url.ts';
import { openSocket } from './socket.ts';
import type { ConnectOptions } from './socket.ts';

/**
 * Streams a log: yields its bytes as they are written, starting with up to 1024 of those before.
 * Ends when the server goes away or the signal fires; leaving the loop closes the connection.
 *
 * @param path as in the URL: `/mainlogtail` or `/logtail/NAME/CHANNEL`.
 * @throws {ClientError} PROTOCOL for a status other than 200, or a failure to connect.
 */
export async function* follow(
  address: Address,
  credentials: Credentials,
  path: string,
  options: ConnectOptions,
): AsyncGenerator<Buffer, void, void> {
  const { signal } = options;
  const { serverUrl } = address;
  if (signal?.aborted) return;
  const socket = await openSocket(address, options);
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort);
  const pieces: Buffer[] = [];
  let hasHead = false;
  const parser = new ResponseParser({
    head: (head) => {
      refuseUnlessOk(head, serverUrl);
      hasHead = true;
    },
    body: (piece) => pieces.push(piece),
    end: () => {},
    surplus: () => {},
  });
  try {
    socket.write(followRequest(address, credentials, path));
    for await (const bytes of socket) {
      parser.push(bytes as Buffer);
      yield* pieces.splice(0);
      if (parser.isDone) return;
    }
  } catch (error) {
    const failure = followFailure(error, serverUrl);
    // Once the stream runs, the end of the connection is the end of the stream.
    if (!signal?.aborted && (!hasHead || failure.code === 'BAD_RESPONSE')) throw failure;
    return;
  } finally {
    signal?.removeEventListener('abort', abort);
    socket.destroy();
  }
  if (!hasHead && !signal?.aborted) throw connectionError(serverUrl, { code: 'ECONNRESET' });
}

function refuseUnlessOk(head: ResponseHead, serverUrl: string): void {
  const { status, reason } = head;
  if (status !== 200) throw protocolError(serverUrl, status, reason);
}

function followFailure(error: unknown, serverUrl: string): ClientError {
  return error instanceof ResponseError
    ? badResponse(serverUrl, error)
    : connectionError(serverUrl, error);
}
