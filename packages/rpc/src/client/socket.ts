/** Opens the socket to a server; node:http is not used, as loading it costs a command 14 ms. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { ClientError, connectionError } from './errors.ts';
import type * as SecureSockets from './secure-socket.ts';
import type { Address } from './server-url.ts';

export interface ConnectOptions {
  /** Milliseconds until the connection must stand; 0 waits as long as the system does. */
  readonly connectTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** @throws {ClientError} */
export async function openSocket(address: Address, options: ConnectOptions): Promise<Socket> {
  const { serverUrl } = address;
  const { connectTimeoutMs, signal } = options;
  // Loading it takes 10 ms.
  const tls = address.kind === 'tls' ? await import('./secure-socket.ts') : undefined;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(aborted(serverUrl));
      return;
    }
    let socket: Socket;
    try {
      socket = begin(address, tls);
    } catch (error) {
      // A key that is not of its certificate.
      reject(connectionError(serverUrl, error));
      return;
    }
    const ready = tls === undefined ? 'connect' : 'secureConnect';
    const settle = (error?: unknown): void => {
      clearTimeout(timer);
      socket.off(ready, settle).off('error', settle);
      signal?.removeEventListener('abort', abort);
      if (error === undefined) {
        resolve(socket);
        return;
      }
      // A late error of a socket that is given up has no reader.
      socket.on('error', () => {}).destroy();
      reject(connectionError(serverUrl, error));
    };
    const abort = (): void => settle(aborted(serverUrl));
    const expire = (): void => settle(timedOut(serverUrl, connectTimeoutMs));
    const timer = connectTimeoutMs > 0 ? setTimeout(expire, connectTimeoutMs) : undefined;
    socket.on(ready, settle).on('error', settle);
    signal?.addEventListener('abort', abort);
  });
}

function begin(address: Address, tls: typeof SecureSockets | undefined): Socket {
  if (address.kind === 'unix') return connect({ path: address.path });
  const { host, port } = address;
  if (tls === undefined || address.kind === 'tcp') return connect({ host, port, noDelay: true });
  return tls.connectSecurely(host, port, address.settings);
}

export function aborted(serverUrl: string): ClientError {
  return new ClientError(`the request to ${serverUrl} was given up`, {
    code: 'ABORTED',
    serverUrl,
  });
}

export function timedOut(serverUrl: string, timeoutMs: number): ClientError {
  const message = `cannot reach ${serverUrl}: no answer within ${timeoutMs} ms (ETIMEDOUT)`;
  return new ClientError(message, { code: 'ETIMEDOUT', serverUrl });
}
