import { request } from 'node:http';
import { join } from 'node:path';

import { afterEach } from '@jest/globals';

import type { DaemonControl, Server } from '../../../src/index.ts';
import { openServers } from '../../../src/index.ts';
import { inetServer, unixServer } from '../../support/config.ts';
import { daemonOf } from '../../support/daemon.ts';
import type { FakeDaemon } from '../../support/daemon.ts';
import { folder } from '../../support/folder.ts';

const opened: Server[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  /** The body as text, and as JSON. */
  readonly text: string;
  readonly json: Record<string, unknown>;
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it stands, anything else as JSON. */
  readonly body?: unknown;
  /** Sends the body in chunks, without saying how long it is. */
  readonly inChunks?: boolean;
}

export interface Served extends FakeDaemon {
  /** `GET /processes`: below /api/v1, unless it begins with `/api`. */
  readonly ask: (what: string, asked?: Asked) => Promise<Answer>;
  readonly socket: string;
}

export interface ServedOptions {
  readonly control?: Partial<DaemonControl>;
  readonly account?: 'full' | 'readonly';
  readonly maxBodyBytes?: number;
  /** On a port of the loopback address instead of a unix socket. */
  readonly inet?: boolean;
}

const passwords = {
  username: 'me',
  password: 'secret',
  readOnlyUsername: 'guest',
  readOnlyPassword: 'look',
};

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
export const credentials = {
  full: basic('me:secret'),
  readonly: basic('guest:look'),
  none: 'Negotiate',
};

/** A server before a daemon whose time and children are in the test's hands. */
export async function serve(
  groups: Parameters<typeof daemonOf>[0],
  { control, account, maxBodyBytes = 4096, inet = false }: ServedOptions = {},
): Promise<Served> {
  const daemon = daemonOf(groups, control);
  const socket = join(folder(), 's');
  const guards = account === undefined ? {} : passwords;
  const config = inet ? inetServer(guards) : unixServer(socket, guards);
  const [server] = await openServers([config], daemon.supervisor, {
    daemon: daemon.daemon,
    logger: daemon.logger,
    rpcInterfaces: [],
    limits: { maxBodyBytes },
    report: () => undefined,
  });
  if (server === undefined) throw new Error('no server');
  opened.push(server);
  const where = inet ? { host: '127.0.0.1', port: server.port ?? 0 } : { socketPath: socket };
  return {
    ...daemon,
    socket,
    ask: (what, asked = {}) => ask(where, what, asked, account && credentials[account]),
  };
}

function ask(
  where: object,
  what: string,
  { headers = {}, body, inChunks = false }: Asked,
  authorization: string | undefined,
): Promise<Answer> {
  const [method = 'GET', target = '/'] = what.split(/ (.*)/s);
  const path = target.startsWith('/api') ? target : `/api/v1${target}`;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const type = text === undefined ? {} : { 'content-type': 'application/json' };
  const length =
    text === undefined || inChunks ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  return new Promise((resolve, reject) => {
    const sent = request({
      ...where,
      method,
      path,
      agent: false,
      headers: {
        ...type,
        ...length,
        ...(inChunks ? { 'transfer-encoding': 'chunked' } : {}),
        ...(authorization === undefined ? {} : { authorization }),
        ...headers,
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(pieces);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text: bytes.toString(),
          get json() {
            return JSON.parse(bytes.toString()) as Record<string, unknown>;
          },
        });
      });
    });
    sent.end(text);
  });
}
