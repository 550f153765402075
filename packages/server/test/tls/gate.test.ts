import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { systemClock } from '@tsvisor/core';
import type { InetServerConfig } from '@tsvisor/core';
import { encodeRequest } from '@tsvisor/rpc';

import type { Limits } from '../../src/http/limits.ts';
import { BUILT_IN } from '../../src/methods/interfaces.ts';
import { openServers } from '../../src/serve.ts';
import type { Server } from '../../src/serve.ts';
import { inetServer, single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';
import type { FakeDaemon } from '../support/daemon.ts';
import { folder } from '../support/folder.ts';
import { RawClient } from '../support/raw.ts';
import { putPair, readTls, secureClient, shownName, tlsFile } from '../support/tls.ts';
import { waitFor } from '../support/wait-for.ts';

let daemon: FakeDaemon;
let servers: readonly Server[] = [];

beforeEach(() => {
  daemon = daemonOf([single('web')]);
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

async function open(
  change: Partial<InetServerConfig> = {},
  limits: Partial<Limits> = {},
): Promise<number> {
  const config = inetServer({
    tlsCert: tlsFile('server.pem'),
    tlsKey: tlsFile('server.key'),
    ...change,
  });
  servers = await openServers([config], daemon.supervisor, {
    daemon: daemon.daemon,
    logger: daemon.logger,
    rpcInterfaces: [{ name: 'supervisor', factory: BUILT_IN, options: {} }],
    clock: systemClock,
    limits,
    renewal: { settleMs: 20 },
    report: () => undefined,
  });
  return servers[0]?.port ?? 0;
}

const GET = 'GET /ok.html HTTP/1.1\r\nHost: x\r\n\r\n';
const OK = /\r\n\r\nOK$/;
const body = encodeRequest('supervisor.getPID', []);
const POST = `POST /RPC2 HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

describe('a server with a certificate', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('answers by %s', async (version) => {
    const client = secureClient(await open(), { minVersion: version, maxVersion: version });
    await client.say(GET).until(OK);
    expect(await client.say(POST).until('</methodResponse>')).toContain('<int>77</int>');
    client.leave();
  });

  test('answers a client that has said all it has to say', async () => {
    const client = secureClient(await open()).say(GET);
    client.socket.end();
    expect(await client.closed()).toMatch(/\r\n\r\nOK$/);
  });

  test('streams', async () => {
    const client = secureClient(await open());
    const head = await client.say('GET /events HTTP/1.1\r\n\r\n').until('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    client.leave();
  });

  test('reads request lines that are not encoded', async () => {
    const client = secureClient(await open());
    client.say(Buffer.from('GET /naïve HTTP/1.0\r\n\r\n').toString('latin1'));
    expect(await client.closed()).toMatch(/^HTTP\/1.0 404 /);
  });

  test('redirects to https', async () => {
    const client = secureClient(await open());
    client.say('GET /?action=refresh HTTP/1.0\r\nHost: me:9001\r\n\r\n');
    expect(await client.closed()).toMatch(/^Location: https:\/\/me:9001\/\?message=/m);
  });

  test('does not speak what is older than TLS 1.2', async () => {
    const port = await open();
    const client = secureClient(port, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    expect(await client.closed()).toBe('');
  });

  test('tells a client of plain HTTP that it is a bad request', async () => {
    const port = await open({}, { closeTimeoutMs: 100 });
    const client = new RawClient({ port, host: '127.0.0.1' }).say(GET);
    expect(await client.closed()).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
  });

  test('hangs up on whoever speaks anything else', async () => {
    const port = await open();
    for (const said of ['\x00\x01\x02', '\x16\x03\x01\x00\x05hello', '\xff'.repeat(5000)]) {
      const client = new RawClient({ port, host: '127.0.0.1' }).say(said);
      expect(await client.closed()).not.toContain('HTTP');
    }
    await secureClient(port).say(GET).until(OK);
  });
});

describe('a handshake', () => {
  test('that is never finished takes a place only until somebody else needs it', async () => {
    const port = await open({}, { maxConnections: 20 });
    const idle = Array.from({ length: 60 }, () =>
      new RawClient({ port, host: '127.0.0.1' }).say('\x16\x03\x01'),
    );
    await waitFor('40 to make room', () => idle.filter(({ isClosed }) => isClosed).length >= 40);
    const client = secureClient(port);
    await client.say(GET).until(OK);
    for (const each of [...idle, client]) each.leave();
  });

  test('is waited for only so long, whether it has begun or not', async () => {
    const port = await open({}, { handshakeTimeoutMs: 50 });
    const where = { port, host: '127.0.0.1' };
    await Promise.all(
      [new RawClient(where), new RawClient(where).say('\x16\x03')].map((client) => client.closed()),
    );
    expect(await secureClient(port).say(GET).until(OK)).toMatch(/^HTTP\/1.1 200 OK/);
  });

  test('that is under way does not hold up the end of the server', async () => {
    const port = await open();
    const client = new RawClient({ port, host: '127.0.0.1' }).say('\x16\x03\x01');
    const silent = new RawClient({ port, host: '127.0.0.1' });
    await new Promise((resolve) => silent.socket.once('connect', resolve));
    const begin = performance.now();
    await servers[0]?.close();
    servers = [];
    expect(performance.now() - begin).toBeLessThan(900);
    await Promise.all([client.closed(), silent.closed()]);
  });
});

describe('a server with authorities for its clients', () => {
  const change = { tlsClientCa: tlsFile('client-ca.pem') };
  const pair = (name: string) => ({ cert: readTls(`${name}.pem`), key: readTls(`${name}.key`) });

  test('lets in who has a certificate of theirs', async () => {
    const client = secureClient(await open(change), pair('client'));
    expect(await client.say(GET).until(OK)).toMatch(/^HTTP\/1.1 200 OK/);
    client.leave();
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('refuses everybody else, by %s', async (version) => {
    const port = await open(change);
    const only = { minVersion: version, maxVersion: version };
    expect(await secureClient(port, only).say(GET).closed()).toBe('');
    expect(
      await secureClient(port, { ...only, ...pair('server') })
        .say(GET)
        .closed(),
    ).toBe('');
  });
});

test('new clients are shown the certificate that is in the files, old ones stay', async () => {
  const home = folder();
  putPair(home, 'server');
  const port = await open({ tlsCert: join(home, 'cert.pem'), tlsKey: join(home, 'key.pem') });
  const client = secureClient(port);
  await client.say(GET).until(OK);
  expect(await shownName(port)).toBe('localhost');
  putPair(home, 'renewed');
  await waitFor('the line', () => daemon.logger.lines.some((line) => line.includes('has a new')));
  expect(await shownName(port)).toBe('localhost, renewed');
  client.heard = '';
  await client.say(GET).until(OK);
  client.leave();
});

test('a certificate that cannot be used ends the start, and says what is wrong where', async () => {
  const key = tlsFile('renewed.key');
  await expect(open({ tlsKey: key })).rejects.toMatchObject({
    code: 'SOCKET',
    message: `Cannot open an HTTP server: in section [inet_http_server] of supervisord.conf, tls_key=${key}: it is not the key of the certificate in tls_cert=${tlsFile('server.pem')}`,
  });
});
