/** A server that sees raw bytes and answers with raw bytes, on a unix socket of its own folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach } from '@jest/globals';

/** Called for each request that has come whole; `request` is its bytes, `count` from 1. */
export type Answer = (socket: Socket, request: string, count: number) => void;

export interface ScriptedServer {
  readonly serverUrl: string;
  readonly requests: readonly string[];
  /** Connections that were made, and those that are open. */
  readonly connections: { made: number; open: number };
  close(): Promise<void>;
}

const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Ends with the test. */
export async function serve(answer: Answer, tcp = false): Promise<ScriptedServer> {
  const server = await scriptedServer(answer, tcp);
  servers.push(server);
  return server;
}

async function scriptedServer(answer: Answer, tcp: boolean): Promise<ScriptedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rpc-'));
  const requests: string[] = [];
  const connections = { made: 0, open: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections.made += 1;
    connections.open += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      connections.open -= 1;
      sockets.delete(socket);
    });
    let unread = '';
    socket.on('data', (bytes) => {
      unread += bytes.toString('latin1');
      for (let size = requestSize(unread); size > 0; size = requestSize(unread)) {
        requests.push(unread.slice(0, size));
        unread = unread.slice(size);
        answer(socket, requests.at(-1) ?? '', requests.length);
      }
    });
  });
  const path = join(folder, 's');
  await new Promise<void>((resolve) => {
    if (tcp) server.listen(0, '127.0.0.1', resolve);
    else server.listen(path, resolve);
  });
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  };
  const serverUrl = tcp ? `http://127.0.0.1:${portOf(server)}` : `unix://${path}`;
  return { serverUrl, requests, connections, close };
}

/** Bytes of the first whole request; 0 if there is none yet. */
function requestSize(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return 0;
  const length = Number(/^content-length: (\d+)/im.exec(text.slice(0, head))?.[1] ?? 0);
  // A GET of a log ends with one line more; that of a WebSocket does not.
  const isLog = text.startsWith('GET') && !/^upgrade:/im.test(text.slice(0, head));
  const size = head + 4 + (isLog ? 2 : length);
  return text.length >= size ? size : 0;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

export function httpAnswer(body: string, head = ''): Buffer {
  const content = Buffer.from(body);
  const lines = `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n${head}Content-Length: ${content.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(lines), content]);
}

/** Resolves once the claim holds; the message says what did not come. */
export async function waitFor(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited 10 s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
