import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { decodeRequest, encodeFault, encodeResponse, Fault, type RpcValue } from '@tsvisor/rpc';

export type Answer = (method: string, params: readonly RpcValue[]) => RpcValue | Fault;

export interface Fixture {
  /** A folder of the test's own. */
  readonly folder: string;
  readonly url: string;
  /** `METHOD PATH` of each request, and the methods called. */
  readonly requests: string[];
  close(): Promise<void>;
}

export interface FixtureOptions {
  readonly answer?: Answer;
  /** Path to what is streamed; the stream then ends. */
  readonly logs?: Readonly<Record<string, readonly Uint8Array[]>>;
  /** `user:password` that is asked for. */
  readonly credentials?: string;
}

/** A daemon's HTTP side on a unix socket, answering as it is told. */
export async function startServer(options: FixtureOptions = {}): Promise<Fixture> {
  const folder = mkdtempSync(join(tmpdir(), 'ctl-'));
  const requests: string[] = [];
  const path = join(folder, 's.sock');
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    void respond(request, response, options, requests);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    folder,
    url: `unix://${path}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          rmSync(folder, { recursive: true });
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: FixtureOptions,
  requests: string[],
): Promise<void> {
  const body: Buffer[] = [];
  for await (const piece of request) body.push(piece as Buffer);
  const expected = options.credentials && `Basic ${btoa(options.credentials)}`;
  if (expected && request.headers.authorization !== expected) {
    response.writeHead(401).end();
  } else if (request.url === '/RPC2') {
    const { methodName: method, params } = decodeRequest(Buffer.concat(body));
    requests.push(method);
    const answer = options.answer?.(method, params) ?? '3.0';
    const text = answer instanceof Fault ? encodeFault(answer) : encodeResponse(answer);
    response.setHeader('Content-Type', 'text/xml').end(text);
  } else {
    const pieces = options.logs?.[request.url ?? ''];
    if (pieces === undefined) response.writeHead(404);
    for (const piece of pieces ?? []) {
      response.write(piece);
      // Apart, so that each arrives as a chunk of its own.
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  }
}
