// Clients that are gone in the middle of what they ask, of what they are told, or of a handshake.
import { createServer, connect as connectPlain } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { freePort } from '../hostile/daemon.ts';
import { methodCall, post, withHead } from '../hostile/wire.ts';
import type { Where } from '../hostile/wire.ts';
import { Sandbox, fromRoot, waitFor } from '../support/sandbox.ts';
import type { Running } from '../support/sandbox.ts';
import { count, descriptorsOf, endsWell, isUp, waitForRpcState } from './support/daemon.ts';

let sandbox: Sandbox;
let daemon: Running;
let port: number;
beforeEach(async () => {
  sandbox = new Sandbox();
  port = await freePort();
  sandbox.write('big.log', 'a line of the log\n'.repeat(50_000));
  sandbox.configure(
    [
      `[inet_http_server]\nport=127.0.0.1:${port}`,
      `tls_cert=${fromRoot('e2e/fixtures/tls/server.pem')}`,
      `tls_key=${fromRoot('e2e/fixtures/tls/server.key')}`,
      `[program:big]\ncommand=/bin/cat\nstartsecs=0\nstdout_logfile=${sandbox.path('big.log')}`,
      'stdout_logfile_maxbytes=0',
      `[program:slow]\ncommand=/bin/sh -c 'trap "sleep 0.1; exit 0" TERM; while :; do sleep 0.05; done'`,
      'startsecs=0\nautorestart=false',
    ].join('\n'),
    'logfile_maxbytes=0',
  );
  daemon = await sandbox.startDaemon();
});
afterEach(() => sandbox.close());

/** A frame of a WebSocket as clients send it; its mask is zero, which masks nothing. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

const offer = withHead([
  'GET /api/v1/stream HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
]);

const requests: Readonly<Record<string, Buffer>> = {
  'a call': post(methodCall('supervisor.getAllProcessInfo')),
  'a call that takes its time': post(methodCall('supervisor.stopProcess', '<string>slow</string>')),
  'a call that brings it back': post(
    methodCall('supervisor.startProcess', '<string>slow</string>'),
  ),
  'a log that is followed': withHead(['GET /logtail/big HTTP/1.1']),
  'the main log': withHead(['GET /mainlogtail HTTP/1.1']),
  'a page': withHead(['GET / HTTP/1.1', 'Accept-Encoding: gzip']),
  'the API': withHead(['GET /api/v1/processes HTTP/1.1', 'Accept: application/json']),
  'a log of the API': withHead(['GET /api/v1/processes/big/logs/stdout HTTP/1.1']),
  events: withHead(['GET /events HTTP/1.1']),
  'a WebSocket': Buffer.concat([
    offer,
    frame(JSON.stringify({ type: 'subscribe', id: 'a', to: 'events' })),
    frame(JSON.stringify({ type: 'subscribe', id: 'b', to: 'usage' })),
  ]),
};

/** Says this, hears so much, and is gone. */
function vanish(where: Where, said: Buffer, heard: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connectPlain({ ...where });
    let bytes = 0;
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes >= heard) socket.destroy();
    });
    socket.on('connect', () => socket.write(said, () => heard === 0 && socket.destroy()));
  });
}

async function atATime<T>(
  number: number,
  tasks: readonly T[],
  run: (task: T) => Promise<void>,
): Promise<void> {
  const waiting = [...tasks];
  const one = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await run(task);
  };
  await Promise.all(Array.from({ length: number }, one));
}

/** Whatever its clients do, this holds. */
async function isUnharmed(before: number): Promise<void> {
  const pid = daemon.process.pid as number;
  await waitFor('descriptors as before', () => descriptorsOf(pid) <= before, 10_000);
  const client = await isUp(sandbox, daemon);
  await waitForRpcState(client, 'big', 'RUNNING');
  // What was begun went on without the one who had asked.
  await waitFor('the slow one to be at rest', async () =>
    ['RUNNING', 'STOPPED'].includes(
      (await client.call('supervisor.getProcessInfo', ['slow'])).statename,
    ),
  );
  client.close();
  expect(daemon.stderr()).toBe('');
  expect(count(sandbox.read('main.log'), 'internal error')).toBe(0);
  await endsWell(daemon, sandbox);
}

async function atRest(): Promise<number> {
  const client = await isUp(sandbox, daemon);
  for (const name of ['big', 'slow']) await waitForRpcState(client, name, 'RUNNING');
  client.close();
  // Each once, so that what is loaded late is there.
  for (const said of Object.values(requests))
    await vanish({ path: sandbox.path('s.sock') }, said, 1);
  await client.call('supervisor.startProcess', ['slow']).catch(() => undefined);
  client.close();
  const pid = daemon.process.pid as number;
  let last = -1;
  await waitFor('descriptors to be at rest', async () => {
    const now = descriptorsOf(pid);
    const isSame = now === last;
    last = now;
    if (!isSame) await new Promise((resolve) => setTimeout(resolve, 200));
    return isSame;
  });
  return last;
}

test('a client that is gone after any byte of a request costs nothing', async () => {
  const before = await atRest();
  const where = { path: sandbox.path('s.sock') };
  const cuts = Object.values(requests).flatMap((request) =>
    Array.from({ length: request.length }, (_, n) => request.subarray(0, n + 1)),
  );
  await atATime(24, cuts, (said) => vanish(where, said, 0));
  await isUnharmed(before);
}, 60_000);

test('a client that is gone in the middle of any answer costs nothing', async () => {
  const before = await atRest();
  const where = { path: sandbox.path('s.sock') };
  const lengths = [1, 2, 10, 100, 200, 400, 1000, 10_000, 70_000, 200_000];
  const tasks = Object.values(requests).flatMap((said) =>
    lengths.map((heard) => ({ said, heard })),
  );
  // A follower hears no end of it, and others nothing more: a moment for each is enough.
  await atATime(24, tasks, ({ said, heard }) =>
    Promise.race([vanish(where, said, heard), elapsed(500)]),
  );
  // Those that still wait leave now.
  daemon.process.kill('SIGHUP');
  await waitFor(
    'the restart',
    () => count(sandbox.read('main.log'), 'supervisord started with pid') === 2,
  );
  await isUnharmed(before);
}, 60_000);

/** Passes on so many bytes each way, and cuts the line. */
async function wireCutter(upTo: () => number): Promise<Server> {
  const cutter = createServer((client) => {
    const server = connectPlain(port, '127.0.0.1');
    let left = upTo();
    const pass = (from: Socket, to: Socket): void => {
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
      from.on('data', (chunk: Buffer) => {
        to.write(chunk.subarray(0, left));
        left -= chunk.length;
        if (left <= 0)
          setImmediate(() => void [client, server].map((end) => end.resetAndDestroy()));
      });
    };
    pass(client, server);
    pass(server, client);
  });
  await new Promise<void>((resolve) => void cutter.listen(0, '127.0.0.1', resolve));
  return cutter;
}

test('a client that is gone at any moment of a TLS handshake, or of what follows it, costs nothing', async () => {
  const before = await atRest();
  let answers = 0;
  const cuts = Array.from({ length: 120 }, (_, n) => 1 + n * 79);
  const left = [...cuts];
  const cutter = await wireCutter(() => left.shift() ?? 0);
  const { port: there } = cutter.address() as AddressInfo;
  const said = requests['a call'] as Buffer;
  const attempt = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = connectTls({ port: there, host: '127.0.0.1', rejectUnauthorized: false });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.on('secureConnect', () => socket.write(said));
      let heard = '';
      socket.on('data', (chunk: Buffer) => {
        heard += chunk.toString();
        if (!heard.includes('</methodResponse>')) return;
        answers++;
        socket.destroy();
      });
    });
  await atATime(8, cuts, attempt);
  // From nothing to the whole of it.
  expect(answers).toBeGreaterThan(0);
  expect(answers).toBeLessThan(cuts.length);
  await new Promise((resolve) => void cutter.close(resolve));
  await isUnharmed(before);
}, 60_000);

const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
