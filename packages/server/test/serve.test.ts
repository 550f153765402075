import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { systemClock } from '@tsvisor/core';
import type { RpcInterfaceConfig, ServerConfig } from '@tsvisor/core';
import { encodeRequest } from '@tsvisor/rpc';

import { BUILT_IN } from '../src/methods/interfaces.ts';
import { openServers } from '../src/serve.ts';
import type { Server } from '../src/serve.ts';
import { channel, inetServer, single, unixServer } from './support/config.ts';
import { daemonOf } from './support/daemon.ts';
import type { FakeDaemon } from './support/daemon.ts';
import { folder } from './support/folder.ts';
import { RawClient, ask } from './support/raw.ts';

const supervisorInterface: RpcInterfaceConfig = {
  name: 'supervisor',
  factory: BUILT_IN,
  options: {},
};

let file: string;
let unix: ServerConfig;
const inet: ServerConfig = inetServer();
let daemon: FakeDaemon;
beforeEach(() => {
  file = join(folder(), 's.sock');
  unix = unixServer(file, { section: 'unix_http_server:two' });
  daemon = daemonOf([single('web', { startSeconds: 0 })]);
});

let servers: readonly Server[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

async function open(
  configs: readonly ServerConfig[],
  rpcInterfaces: readonly RpcInterfaceConfig[] = [supervisorInterface],
): Promise<{ path: string } | { port: number; host: string }> {
  servers = await openServers(configs, daemon.supervisor, {
    daemon: daemon.daemon,
    logger: daemon.logger,
    rpcInterfaces,
    // Timers of real sockets.
    clock: systemClock,
    report: () => undefined,
  });
  const port = servers[0]?.port ?? null;
  return port === null ? { path: file } : { port, host: '127.0.0.1' };
}

const post = (name: string, headers = ''): string => {
  const body = encodeRequest(name, []);
  return `POST /RPC2 HTTP/1.0\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
};

test('servers open in order, and the log says so', async () => {
  const where = await open([inet, unix]);
  const lines = daemon.logger.lines.map((line) =>
    line
      .replace(/at \w{3} \w{3} .\d \d\d:\d\d:\d\d \d{4}/, 'at …')
      .replace(/Hostname: [^<]\S*/, 'Hostname: …'),
  );
  expect(lines).toEqual([
    'trace 127.0.0.1:Medusa (V1.12) started at …\n\tHostname: …\n\tPort:' +
      ('port' in where ? where.port : ''),
    "info RPC interface 'supervisor' initialized",
    "critical Server 'inet_http_server' running without any HTTP authentication checking",
    `trace ${file}:Medusa (V1.12) started at …\n\tHostname: <unix domain socket>\n\tPort:${file}`,
    "info RPC interface 'supervisor' initialized",
    "critical Server 'unix_http_server:two' running without any HTTP authentication checking",
  ]);
  expect(await ask(where, post('supervisor.getPID'))).toContain('<int>77</int>');
  expect(await ask({ path: file }, post('supervisor.getPID'))).toContain('<int>77</int>');
});

test('a server that cannot open takes those before it along', async () => {
  const impossible = { ...inet, host: '192.0.2.1' };
  await expect(
    openServers([unix, impossible], daemon.supervisor, {
      daemon: daemon.daemon,
      logger: daemon.logger,
      rpcInterfaces: [],
    }),
  ).rejects.toThrow(/^Cannot open an HTTP server: /);
  expect(existsSync(file)).toBe(false);
});

test('without its section the interface is not there, but the pages are', async () => {
  const where = await open([unix], []);
  expect(await ask(where, post('supervisor.getPID'))).toContain('<string>UNKNOWN_METHOD</string>');
  expect(await ask(where, 'GET / HTTP/1.0\r\n\r\n')).toContain('Supervisor Status');
  expect(await ask(where, 'GET /?action=refresh HTTP/1.0\r\n\r\n')).toContain(
    'Location: http://<unix domain socket>:',
  );
});

describe('a server with a password', () => {
  test.each([
    'GET /',
    'GET /tail.html',
    'GET /ok.html',
    'GET /nosuch',
    'GET /stylesheets/supervisor.css',
    'GET /logtail/web',
    'GET /mainlogtail',
    'PUT /',
    'GET /RPC2',
    'GET /%52PC2',
    'GET //RPC2',
    'GET http://h/RPC2',
  ])('answers %s with 401 before anything else', async (line) => {
    const where = await open([{ ...unix, username: 'joe', password: 'secret' }]);
    expect(await ask(where, `${line} HTTP/1.1\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 401 Unauthorized\r\n/,
    );
  });

  test('does not cut off who sends a body after the head, and then listens', async () => {
    const where = await open([{ ...unix, username: 'joe', password: 'secret' }]);
    const client = new RawClient(where).say('POST /RPC2 HTTP/1.1\r\nContent-Length: 9\r\n\r\n');
    await client.until('</body>');
    await new Promise<void>((resolve, reject) => {
      client.socket.write('123456789', (error) => (error ? reject(error) : resolve()));
    });
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 401 /);
  });

  test('needs none of what comes with the request to refuse it', async () => {
    const where = await open([{ ...unix, username: 'joe', password: 'secret' }]);
    const client = new RawClient(where).say('POST /RPC2 HTTP/1.1\r\nContent-Length: 9\r\n\r\n');
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 401 /);
    expect(
      await ask(where, post('supervisor.getPID', 'Authorization: Basic am9lOnNlY3JldA==\r\n')),
    ).toContain('<int>77</int>');
    expect(daemon.logger.lines.some((line) => line.startsWith('critical'))).toBe(false);
  });
});

test('an Authorization header that nobody asked for does no harm', async () => {
  const where = await open([unix]);
  expect(await ask(where, post('supervisor.getPID', 'Authorization: Basic Og==\r\n'))).toContain(
    '77',
  );
});

test('whoever was led here by a foreign name reads nothing', async () => {
  const where = await open([inet]);
  const { port } = where as { port: number };
  for (const path of ['/', '/logtail/web', '/mainlogtail', '/events', '/images/icon.png']) {
    const asked = `GET ${path} HTTP/1.0\r\nUser-Agent: Mozilla/5.0\r\n`;
    expect(await ask(where, `${asked}Host: evil.example:${port}\r\n\r\n`)).toMatch(
      /^HTTP\/1.0 403 /,
    );
  }
});

test.each(['/logtail/web', '/events'])(
  'a browser takes %s for the text that it is, and for nobody else',
  async (path) => {
    const log = join(folder(), 'log');
    writeFileSync(log, '<script>alert(1)</script>');
    daemon = daemonOf([single('web', { stdout: channel({ logfile: { to: 'file', path: log } }) })]);
    const client = new RawClient(await open([inet]));
    client.say(`GET ${path} HTTP/1.0\r\nUser-Agent: Mozilla/5.0\r\n\r\n`);
    const head = await client.until('\r\n\r\n');
    client.leave();
    expect(head).toContain('X-Content-Type-Options: nosniff');
    expect(head).toContain("Content-Security-Policy: default-src 'none'");
    expect(head).toContain('Cross-Origin-Resource-Policy: same-origin');
  },
);

test('a page of another site cannot make calls', async () => {
  const where = await open([unix]);
  expect(
    await ask(where, post('supervisor.shutdown', 'Host: h\r\nOrigin: http://evil\r\n')),
  ).toMatch(/^HTTP\/1\.0 403 Forbidden\r\n/);
  expect(daemon.supervisor.state).toBe('RUNNING');
});

test('the answer to shutdown goes out before the server closes', async () => {
  const where = await open([unix]);
  const client = new RawClient(where).say(post('supervisor.shutdown').replace('1.0', '1.1'));
  await client.until('<boolean>1</boolean>');
  await servers[0]?.close();
  expect(await client.closed()).toMatch(/<\/methodResponse>\n$/);
  expect(existsSync(file)).toBe(false);
});

test('a call that takes time does not hold up others', async () => {
  const where = await open([unix]);
  daemon.supervisor.find('web')[0]?.beginStart();
  daemon.clock.advance(0);
  const slow = ask(where, post('supervisor.stopAllProcesses'));
  expect(await ask(where, post('supervisor.getState'))).toContain('RUNNING');
  daemon.end('web', 15);
  expect(await slow).toContain('<string>OK</string>');
});
