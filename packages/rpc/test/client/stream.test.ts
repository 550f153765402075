import { expect, test } from '@jest/globals';

import { Client } from '@tsvisor/rpc';

import { serve } from './scripted-server.ts';

test('a server without a stream is told as PROTOCOL, with its status', async () => {
  const server = await serve((socket) => {
    socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
  });
  const client = new Client({ serverUrl: server.serverUrl, username: 'joe', password: 'secret' });
  await expect(client.subscribe({ to: 'mainlog' }).next()).rejects.toMatchObject({
    code: 'PROTOCOL',
    status: 404,
  });
  expect(server.requests[0]).toMatch(/^GET \/api\/v1\/stream HTTP\/1.1\r\n/);
  expect(server.requests[0]).toContain('Authorization: Basic am9lOnNlY3JldA==\r\n');
});

test('a server that hangs up, or is not there, is told as a failure to connect', async () => {
  const server = await serve((socket) => void socket.destroy());
  const client = new Client({ serverUrl: server.serverUrl });
  await expect(client.subscribe({ to: 'states' }).next()).rejects.toMatchObject({
    code: 'ECONNRESET',
  });
  const nobody = new Client({ serverUrl: 'unix:///nonexistent/s' });
  await expect(nobody.subscribe({ to: 'states' }).next()).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a signal ends it quietly', async () => {
  const ended = new AbortController();
  const server = await serve(() => ended.abort());
  const client = new Client({ serverUrl: server.serverUrl });
  const messages = client.subscribe({ to: 'states' }, { signal: ended.signal });
  expect(await messages.next()).toEqual({ done: true, value: false });
});
