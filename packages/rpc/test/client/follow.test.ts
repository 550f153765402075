import type { Socket } from 'node:net';

import { expect, test } from '@jest/globals';

import { Client } from '@tsvisor/rpc';
import type { ClientOptions } from '@tsvisor/rpc';

import { serve, waitFor } from './scripted-server.ts';
import type { ScriptedServer } from './scripted-server.ts';

const clientOf = (server: ScriptedServer, options: Partial<ClientOptions> = {}): Client =>
  new Client({ serverUrl: server.serverUrl, ...options });

const head =
  'HTTP/1.1 200 OK\r\nContent-Type: text/plain;charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n';

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const piece of stream) text += piece.toString();
  return text;
}

test('the bytes of a request for a log, with its line too many', async () => {
  const server = await serve((socket) => void socket.end(`${head}0\r\n\r\n`));
  await textOf(clientOf(server).followProcessLog('group:web', 'stderr'));
  await textOf(clientOf(server, { password: 'secret' }).followMainLog());
  expect(server.requests).toEqual([
    'GET /logtail/group:web/stderr HTTP/1.1\r\nHost: \r\nAccept-Encoding: chunked\r\nAccept: */*\r\nUser-agent: Supervisor HTTP Client\r\n\r\n\r\n',
    'GET /mainlogtail HTTP/1.1\r\nHost: \r\nAccept-Encoding: chunked\r\nAccept: */*\r\nUser-agent: Supervisor HTTP Client\r\nAuthorization: Basic OnNlY3JldA==\r\n\r\n\r\n',
  ]);
});

test('a TCP server is named in the request', async () => {
  const server = await serve((socket) => void socket.end(`${head}0\r\n\r\n`), true);
  await textOf(clientOf(server, { username: 'joe' }).followMainLog());
  expect(server.requests[0]).toContain(`\r\nHost: ${server.serverUrl.slice('http://'.length)}\r\n`);
  expect(server.requests[0]).not.toContain('Authorization');
});

test('a name is sent as typed, but cannot end the request line', async () => {
  const server = await serve((socket) => void socket.end(`${head}0\r\n\r\n`));
  await textOf(clientOf(server).followProcessLog('a%20b \r\nX: y\u00e9', 'stdout'));
  const [line] = server.requests[0]?.split('\r\n') ?? [];
  expect(Buffer.from(line ?? '', 'latin1').toString()).toBe(
    'GET /logtail/a%20b%20%0D%0AX:%20y\u00e9/stdout HTTP/1.1',
  );
});

test('a log is yielded as it is written', async () => {
  const server = await serve((socket) => {
    socket.write(`${head}6\r\nfirst\n\r\n`);
  });
  const stream = clientOf(server).followProcessLog('web', 'stdout');
  expect((await stream.next()).value?.toString()).toBe('first\n');
  await stream.return();
  await waitFor('the connection to close', () => server.connections.open === 0);
});

test('a log may come in any pieces', async () => {
  const text = `${head}5\r\nhello\r\n8\r\n w\u00f6rld\n\r\n0\r\n\r\n`;
  const bytes = Buffer.from(text);
  const server = await serve((socket, _, count) => {
    socket.write(bytes.subarray(0, count));
    setImmediate(() => socket.end(bytes.subarray(count)));
  });
  for (let cut = 1; cut < bytes.length; cut += 1) {
    expect(await textOf(clientOf(server).followMainLog())).toBe('hello w\u00f6rld\n');
  }
});

test('a log without chunks ends with the connection', async () => {
  const server = await serve((socket) => void socket.end('HTTP/1.0 200 OK\r\n\r\nhello'));
  expect(await textOf(clientOf(server).followMainLog())).toBe('hello');
});

test.each([
  ['closes the connection', (socket: Socket) => void socket.end()],
  ['breaks it', (socket: Socket) => void socket.resetAndDestroy()],
])('the stream ends when the server %s', async (_, leave) => {
  const sockets: Socket[] = [];
  const server = await serve((socket) => {
    sockets.push(socket);
    socket.write(`${head}5\r\nhello\r\n`);
  }, true);
  let text = '';
  for await (const piece of clientOf(server).followMainLog()) {
    text += piece.toString();
    sockets.forEach(leave);
  }
  expect(text).toBe('hello');
});

test('the stream ends when the signal fires', async () => {
  const server = await serve((socket) => void socket.write(`${head}5\r\nhello\r\n`));
  const controller = new AbortController();
  const { signal } = controller;
  let text = '';
  for await (const piece of clientOf(server).followMainLog({ signal })) {
    text += piece.toString();
    controller.abort();
  }
  expect(text).toBe('hello');
  expect(await textOf(clientOf(server).followMainLog({ signal }))).toBe('');
  await waitFor('the connection to close', () => server.connections.open === 0);
  expect(server.connections.made).toBe(1);
});

test('a status other than 200 is a protocol error with its reason', async () => {
  const server = await serve((socket) => {
    socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno\n');
  });
  await expect(textOf(clientOf(server).followProcessLog('x', 'stdout'))).rejects.toMatchObject({
    code: 'PROTOCOL',
    status: 404,
    reason: 'Not Found',
  });
  await waitFor('the connection to close', () => server.connections.open === 0);
});

test('a server that closes without a word', async () => {
  const server = await serve((socket) => void socket.end());
  await expect(textOf(clientOf(server).followMainLog())).rejects.toMatchObject({
    code: 'ECONNRESET',
  });
});

test('a stream that is not HTTP', async () => {
  const server = await serve((socket) => void socket.write('hello\r\n'));
  await expect(textOf(clientOf(server).followMainLog())).rejects.toMatchObject({
    code: 'BAD_RESPONSE',
  });
});

test('a missing socket file', async () => {
  const client = new Client({ serverUrl: 'unix:///nonexistent/s' });
  await expect(textOf(client.followMainLog())).rejects.toMatchObject({ code: 'ENOENT' });
});
