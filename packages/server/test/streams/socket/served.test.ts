import { join } from 'node:path';

import { afterEach, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';

import { openServers } from '../../../src/serve.ts';
import type { Server } from '../../../src/serve.ts';
import { inetServer, single, unixServer } from '../../support/config.ts';
import { daemonOf } from '../../support/daemon.ts';
import type { FakeDaemon } from '../../support/daemon.ts';
import { folder } from '../../support/folder.ts';
import { RawClient, ask } from '../../support/raw.ts';
import { waitFor } from '../../support/wait-for.ts';

type Told = Record<string, unknown>;

const closings: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

class Client {
  readonly ws: WebSocket;
  readonly told: Told[] = [];
  code: number | undefined;

  constructor(url: string, options: ClientOptions = {}) {
    this.ws = new WebSocket(url, options);
    this.ws.on('message', (data: Buffer) => this.told.push(JSON.parse(data.toString()) as Told));
    this.ws.on('close', (code) => (this.code = code));
    this.ws.on('error', () => undefined);
    closings.push(() => this.ws.terminate());
  }

  async say(message: unknown): Promise<void> {
    await waitFor('the stream to open', () => this.ws.readyState === WebSocket.OPEN);
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async next(type: string): Promise<Told> {
    await waitFor(`a message of type ${type}, beside ${JSON.stringify(this.told)}`, () =>
      this.told.some((one) => one['type'] === type),
    );
    return this.told.splice(
      this.told.findIndex((one) => one['type'] === type),
      1,
    )[0]!;
  }
}

async function serve(fake: FakeDaemon, change: Parameters<typeof inetServer>[0] = {}) {
  const path = join(folder(), 's');
  const servers = await openServers([unixServer(path), inetServer(change)], fake.supervisor, {
    daemon: fake.daemon,
    logger: fake.logger,
    clock: fake.clock,
    rpcInterfaces: [],
  });
  const close = (): Promise<unknown> => Promise.all(servers.map((one: Server) => one.close()));
  closings.push(close);
  const port = servers[1]!.port!;
  return { path, port, close, url: `ws://127.0.0.1:${port}/api/v1/stream` };
}

test('states are told whole, then each change, over TCP and unix sockets', async () => {
  const fake = daemonOf([single('web')]);
  const { path, url } = await serve(fake);
  for (const client of [new Client(url), new Client(`ws+unix://${path}:/api/v1/stream`)]) {
    await client.say({ type: 'subscribe', id: 'a', to: 'states' });
    expect(await client.next('subscribed')).toEqual({ type: 'subscribed', id: 'a' });
    expect(await client.next('states')).toMatchObject({
      id: 'a',
      supervisor: { state: 'RUNNING' },
      processes: [{ namespec: 'web', state: 'STOPPED', pid: null }],
    });
    fake.supervisor.find('web')[0]!.beginStart();
    expect(await client.next('state')).toMatchObject({
      id: 'a',
      process: { namespec: 'web', state: 'STARTING', pid: expect.any(Number) },
    });
    fake.end('web', 0);
    fake.supervisor.find('web')[0]!.beginStop();
  }
});

const offer = (path: string, ...headers: string[]): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '\r\n',
  ].join('\r\n');

const statusOf = (answer: string): string => answer.slice(0, answer.indexOf('\r'));

test('what offers no WebSocket, or may not, is answered as any other request', async () => {
  const { path } = await serve(daemonOf([]));
  const where = { path };
  const plain = await ask(where, 'GET /api/v1/stream HTTP/1.1\r\n\r\n');
  expect(statusOf(plain)).toBe('HTTP/1.1 426 Upgrade Required');
  const refusals = [
    [offer('/api/v1/stream', 'Origin: http://evil.example'), 403],
    [offer('/api/v1/stream', 'Sec-Fetch-Site: cross-site'), 403],
    [offer('/api/v1/stream').replace('Version: 13', 'Version: 12'), 426],
    [offer('/api/v1/stream').replace('dGhl', '!'), 400],
    [offer('/api/v1/stream', 'Sec-WebSocket-Protocol: ,'), 400],
    [offer('/api/v1/stream').replace('GET', 'POST'), 405],
    [offer('/nothing/there.html'), 404],
    [offer('/na\xefve.html'), 404],
  ] as const;
  for (const [request, status] of refusals) {
    expect(statusOf(await ask(where, request))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  }
});

test.each([
  [
    'no WebSocket',
    offer('/api/v1/stream').replace(/Connection.*|Upgrade.*/g, 'X: x'),
    'Upgrade: websocket',
  ],
  [
    'another version',
    offer('/api/v1/stream').replace('Version: 13', 'Version: 12'),
    'Sec-WebSocket-Version: 13',
  ],
  ['another method', offer('/api/v1/stream').replace('GET', 'POST'), 'Allow: GET'],
])('who comes with %s is told what is wanted', async (_what, request, header) => {
  const { path } = await serve(daemonOf([]));
  const answer = await ask({ path }, request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
  expect(answer.split('\r\n')).toContain(header);
  expect(answer).toContain('Content-Type: application/problem+json');
});

test('a client that offers HTTP/2 is answered, with its body read and its connection kept', async () => {
  const { path } = await serve(daemonOf([]));
  const call = '<methodCall><methodName>supervisor.getPID</methodName></methodCall>';
  const request = `POST /RPC2 HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nContent-Length: ${call.length}\r\n\r\n${call}`;
  const client = new RawClient({ path }).say(request);
  await client.until('</methodResponse>');
  client.say(request);
  const answers = await client.until(/<\/methodResponse>[^]*<\/methodResponse>/);
  expect(answers.match(/^HTTP\/1.1 200 OK/gm)).toHaveLength(2);
  client.leave();
});

test('a password is asked for before anything else', async () => {
  const fake = daemonOf([]);
  const { port, url } = await serve(fake, { username: 'user', password: 'secret' });
  const answer = await ask({ port }, offer('/api/v1/stream', 'Origin: http://evil.example'));
  expect(statusOf(answer)).toBe('HTTP/1.1 401 Unauthorized');
  expect(answer).toContain('WWW-Authenticate: Basic');
  const client = new Client(url, { headers: { Authorization: `Basic ${btoa('user:secret')}` } });
  await client.say({ type: 'subscribe', id: 'a', to: 'states' });
  await client.next('states');
});

test('pages of this server may open it', async () => {
  const { port, url } = await serve(daemonOf([]));
  const client = new Client(url, { origin: `http://127.0.0.1:${port}` });
  await client.say({ type: 'subscribe', id: 'a', to: 'states' });
  expect(await client.next('states')).toMatchObject({ processes: [] });
});

test('the last word of a server that closes is 1001', async () => {
  const fake = daemonOf([]);
  const { url, close } = await serve(fake);
  const client = new Client(url);
  await client.say({ type: 'subscribe', id: 'a', to: 'states' });
  await client.next('states');
  void fake.supervisor.shutdown();
  await close();
  await waitFor('the close', () => client.code !== undefined);
  expect(client.code).toBe(1001);
  expect(client.told.at(-1)).toEqual({ type: 'supervisor', id: 'a', state: 'SHUTDOWN' });
});

test.each([
  ['a binary message', 1003, (ws: WebSocket) => ws.send(Buffer.from('{}'))],
  ['a message of more than 16 KiB', 1009, (ws: WebSocket) => ws.send('x'.repeat(16_385))],
  [
    'nonsense, a hundred times',
    1008,
    (ws: WebSocket) => {
      for (let n = 0; n < 101; n++) ws.send('x');
    },
  ],
  [
    'fragments without end',
    1008,
    (ws: WebSocket) => {
      for (let n = 0; n < 2000; n++) ws.send('', { fin: false });
    },
  ],
  [
    'a text that is no UTF-8',
    1007,
    (ws: WebSocket) => ws.send(Buffer.from([0xff]), { binary: false }),
  ],
])('%s closes it with %d', async (_what, code, misbehave) => {
  const { url } = await serve(daemonOf([]));
  const client = new Client(url);
  await waitFor('the stream to open', () => client.ws.readyState === WebSocket.OPEN);
  misbehave(client.ws);
  await waitFor('the close', () => client.code !== undefined);
  expect(client.code).toBe(code);
});

test('a frame without mask closes it with 1002', async () => {
  const { path } = await serve(daemonOf([]));
  const answer = await ask({ path }, `${offer('/api/v1/stream')}\x81\x02{}`);
  expect(statusOf(answer)).toBe('HTTP/1.1 101 Switching Protocols');
  expect(answer.slice(answer.indexOf('\r\n\r\n') + 4)).toBe('\x88\x02\x03\xea');
});

test('a client that does not answer pings is hung up on', async () => {
  const fake = daemonOf([]);
  const { url } = await serve(fake);
  const silent = new Client(url, { autoPong: false });
  const alive = new Client(url);
  let pings = 0;
  silent.ws.on('ping', () => (pings += 1));
  await silent.say({ type: 'subscribe', id: 'a', to: 'events' });
  await silent.next('subscribed');
  await alive.say({ type: 'subscribe', id: 'a', to: 'events' });
  await alive.next('subscribed');
  const pinged = new Promise((resolve) => alive.ws.once('ping', resolve));
  fake.clock.advance(30_000);
  await pinged;
  await alive.say({ type: 'subscribe', id: 'b', to: 'events' });
  await alive.next('subscribed');
  expect(silent.code).toBeUndefined();
  fake.clock.advance(30_000);
  await waitFor('the close', () => silent.code !== undefined);
  expect([silent.code, pings, alive.code]).toEqual([1008, 1, undefined]);
});

test('an access log has the stream when it is over', async () => {
  const fake = daemonOf([]);
  const { url } = await serve(fake);
  const client = new Client(url);
  await client.say({ type: 'subscribe', id: 'a', to: 'states' });
  await client.next('states');
  client.ws.close();
  await waitFor('the line', () =>
    fake.logger.lines.some((line) => / "GET \/api\/v1\/stream HTTP\/1.1" 101 \d+$/.test(line)),
  );
});
