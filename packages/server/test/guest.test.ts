import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from '@jest/globals';

import { Supervisor } from '@tsvisor/core';
import { FakeClock, FakeKernel } from '@tsvisor/core/testing';

import { serve } from '../src/index.ts';
import type { ServeGuestOptions } from '../src/index.ts';

let kernel: FakeKernel;
let supervisor: Supervisor;
beforeEach(async () => {
  kernel = new FakeKernel();
  const web = { command: '/bin/sh', startSeconds: 0 };
  const clock = new FakeClock();
  supervisor = await Supervisor.create({ programs: { web }, kernel, clock });
  clock.advance(0);
});

async function end(): Promise<void> {
  const down = supervisor.shutdown();
  for (const { pid } of kernel.children) kernel.end(pid, 15);
  await down;
}

async function call(url: string, method: string, authorization?: string): Promise<string> {
  const response = await fetch(`${url}/RPC2`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', ...(authorization && { authorization }) },
    body: `<?xml version="1.0"?><methodCall><methodName>${method}</methodName></methodCall>`,
  });
  return response.ok ? response.text() : String(response.status);
}

describe('on a port', () => {
  test('clients have the RPC, the pages and the JSON API', async () => {
    await using server = await serve(supervisor, { port: 0 });
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(await call(server.url, 'supervisor.getAllProcessInfo')).toContain(
      '<string>web</string>',
    );
    expect(await call(server.url, 'supervisor.getSupervisorVersion')).toContain('4.4.0');
    expect(await (await fetch(server.url)).text()).toContain('web');
    const processes = await fetch(`${server.url}/api/v1/processes`);
    expect(await processes.json()).toMatchObject({ processes: [{ name: 'web' }] });
    await end();
  });

  test('metrics and probes are there if they are asked for', async () => {
    await using server = await serve(supervisor, { port: 0, metrics: true, health: true });
    const statuses = ['/metrics', '/healthz', '/readyz'].map(async (path) => {
      return (await fetch(server.url + path)).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 200, 200]);
    await end();
  });

  test('a password keeps others out', async () => {
    await using server = await serve(supervisor, { port: 0, username: 'u', password: 'p' });
    const authorization = `Basic ${Buffer.from('u:p').toString('base64')}`;
    expect(await call(server.url, 'supervisor.getState')).toBe('401');
    expect(await call(server.url, 'supervisor.getState', authorization)).toContain('RUNNING');
    await end();
  });
});

test('on a unix socket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tg'));
  const path = join(folder, 's');
  const server = await serve(supervisor, { path });
  expect([server.url, server.port]).toEqual([`unix://${path}`, null]);
  await server.close();
  await server.close();
  rmSync(folder, { recursive: true });
  await end();
});

describe('a client that asks for', () => {
  test('shutdown shuts the supervisor down, and the server with it', async () => {
    const server = await serve(supervisor, { port: 0 });
    await call(server.url, 'supervisor.shutdown');
    expect(supervisor.state).toBe('SHUTDOWN');
    await end();
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });

  test('shutdown asks the program, if it wants to be asked', async () => {
    let asked = 0;
    await using server = await serve(supervisor, { port: 0, shutdown: () => (asked += 1) });
    await call(server.url, 'supervisor.shutdown');
    expect([asked, supervisor.state]).toEqual([1, 'RUNNING']);
    await end();
  });

  test('a restart is refused, or asks the program', async () => {
    let asked = 0;
    await using refusing = await serve(supervisor, { port: 0 });
    await using asking = await serve(supervisor, { port: 0, restart: () => (asked += 1) });
    expect(await call(refusing.url, 'supervisor.restart')).toContain('FAILED: restart');
    expect(await call(asking.url, 'supervisor.restart')).toContain('<boolean>1</boolean>');
    expect([asked, supervisor.state]).toEqual([1, 'RUNNING']);
    await end();
  });

  test('an update gets what the program reads', async () => {
    const reload = () => ({ ...supervisor.config, groups: [] });
    await using server = await serve(supervisor, { port: 0, reload });
    expect(await call(server.url, 'supervisor.reloadConfig')).toContain('<string>web</string>');
    await end();
  });
});

test('it is closed by its signal', async () => {
  const stop = new AbortController();
  const server = await serve(supervisor, { port: 0, signal: stop.signal });
  stop.abort();
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  await end();
});

test.each<ServeGuestOptions>([{}, { port: 0, path: '/s' }])(
  'it needs one place: %j',
  async (options) => {
    await expect(serve(supervisor, options)).rejects.toThrow(
      'serve: either port or path is needed',
    );
    await end();
  },
);

const file = '/nonexistent.pem';
test.each<[ServeGuestOptions, string]>([
  [{ username: 'u' }, 'username and password must both be given, or neither'],
  [{ password: 'p' }, 'username and password must both be given, or neither'],
  [{ username: '', password: 'p' }, 'username and password must both be given, or neither'],
  [
    { username: 'u', password: 'p', readOnlyUsername: 'r' },
    'readOnlyUsername and readOnlyPassword must both be given, or neither',
  ],
  [
    { readOnlyUsername: 'r', readOnlyPassword: 'p' },
    'readOnlyUsername needs username and password too: without them everybody may do everything',
  ],
  [{ tlsCert: file }, 'tlsCert and tlsKey must both be given, or neither'],
  [{ tlsClientCa: file }, 'tlsClientCa needs tlsCert and tlsKey too'],
  [{ usrname: 'u' } as ServeGuestOptions, 'there is no option usrname'],
])('what would open a door by a slip is refused: %j', async (options, why) => {
  await expect(serve(supervisor, { port: 0, ...options })).rejects.toThrow(`serve: ${why}`);
  await end();
});

test('TLS on a unix socket is refused', async () => {
  const tls = { path: '/nonexistent/s', tlsCert: file, tlsKey: file };
  await expect(serve(supervisor, tls)).rejects.toThrow(
    'serve: tlsCert is for a port, not for a unix socket',
  );
  await end();
});

test('a supervisor that has ended is not served', async () => {
  await end();
  await expect(serve(supervisor, { port: 0 })).rejects.toThrow('SHUTDOWN_STATE');
});

test('it is closed with a supervisor that ends while it is being opened', async () => {
  const opened = serve(supervisor, { port: 0 });
  await end();
  const { url } = await opened;
  let answers = true;
  while (answers) {
    answers = await fetch(url).then(
      () => true,
      () => false,
    );
  }
  expect(answers).toBe(false);
});

test('a port that another has is an error', async () => {
  await using first = await serve(supervisor, { port: 0 });
  await expect(serve(supervisor, { port: first.port! })).rejects.toMatchObject({ code: 'SOCKET' });
  await end();
});
