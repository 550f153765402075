import { afterEach, expect, test } from '@jest/globals';

import { Client, encodeFault, encodeResponse, fault, Fault } from '@tsvisor/rpc';
import type { ClientOptions } from '@tsvisor/rpc';

import { httpAnswer, serve, waitFor } from './scripted-server.ts';
import type { Answer } from './scripted-server.ts';

const clients: Client[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function clientOf(server: { serverUrl: string }, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({ serverUrl: server.serverUrl, ...options });
  clients.push(client);
  return client;
}

const answering =
  (value: Parameters<typeof encodeResponse>[0]): Answer =>
  (socket) =>
    void socket.write(httpAnswer(encodeResponse(value)));

test('the bytes of a call', async () => {
  const server = await serve(answering('3.0'));
  expect(await clientOf(server).call('supervisor.getVersion', [])).toBe('3.0');
  expect(server.requests).toEqual([
    [
      'POST /RPC2 HTTP/1.1',
      'Host: localhost',
      'Accept-Encoding: identity',
      'User-Agent: tsvisor',
      'Content-Type: text/xml',
      'Accept: text/xml, application/vnd.tsvisor.result+json',
      'Content-Length: 115',
      '',
      "<?xml version='1.0'?>\n<methodCall>\n<methodName>supervisor.getVersion</methodName>\n<params>\n</params>\n</methodCall>\n",
    ].join('\r\n'),
  ]);
});

test('an answer in JSON is read as one in XML', async () => {
  const body = '[{"name":"web","pid":42}]';
  const type = 'application/vnd.tsvisor.result+json';
  const answer = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const server = await serve((socket) => void socket.write(answer));
  const result = await clientOf(server).callAny('supervisor.getAllProcessInfo', []);
  expect(result).toEqual([{ name: 'web', pid: 42 }]);
});

test('JSON that is none is a bad answer', async () => {
  const type = 'application/vnd.tsvisor.result+json';
  const answer = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: 1\r\n\r\n[`;
  const server = await serve((socket) => void socket.write(answer));
  const call = clientOf(server).callAny('supervisor.getAllProcessInfo', []);
  await expect(call).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
});

test('a TCP server is named with its port', async () => {
  const server = await serve(answering(true), true);
  await clientOf(server).call('supervisor.shutdown', []);
  expect(server.requests[0]).toContain(`\r\nHost: ${server.serverUrl.slice('http://'.length)}\r\n`);
});

test.each<[Partial<ClientOptions>, string | undefined]>([
  [{ username: 'joe', password: 's\u00e9' }, 'Authorization: Basic am9lOnPDqQ=='],
  [{ username: '', password: '' }, 'Authorization: Basic Og=='],
  [{ username: 'joe' }, undefined],
  [{ password: 'secret' }, undefined],
])('credentials %p', async (options, header) => {
  const server = await serve(answering(1));
  await clientOf(server, options).call('supervisor.getPID', []);
  expect(/^Authorization.*$/m.exec(server.requests[0] ?? '')?.[0].trim()).toBe(header);
});

test('one connection serves one call after the other', async () => {
  const server = await serve(answering(1));
  const client = clientOf(server);
  await Promise.all([1, 2, 3].map(() => client.call('supervisor.getPID', [])));
  await client.call('supervisor.getPID', []);
  expect(server.requests).toHaveLength(4);
  expect(server.connections.made).toBe(1);
});

test('an optional parameter may be left out or undefined', async () => {
  const server = await serve(answering(true));
  const client = clientOf(server);
  await client.call('supervisor.startProcess', ['web']);
  await client.call('supervisor.startProcess', ['web', undefined]);
  expect(server.requests[1]).toBe(server.requests[0]);
});

test('a fault is thrown, and the connection goes on', async () => {
  const server = await serve((socket, _, count) => {
    const body = count === 1 ? encodeFault(fault('BAD_NAME', 'x')) : encodeResponse(7);
    socket.write(httpAnswer(body));
  });
  const client = clientOf(server);
  await expect(client.call('supervisor.getProcessInfo', ['x'])).rejects.toThrow(
    new Fault(10, 'BAD_NAME: x'),
  );
  expect(await client.call('supervisor.getPID', [])).toBe(7);
  expect(server.connections.made).toBe(1);
});

test('an answer may come in any pieces', async () => {
  const bytes = httpAnswer(encodeResponse([{ name: '\u00e9', text: 'a<b' }]));
  const server = await serve((socket, _, count) => {
    socket.write(bytes.subarray(0, count));
    // A turn of the loop apart, so that the pieces are not joined on the way.
    setImmediate(() => socket.write(bytes.subarray(count)));
  });
  const client = clientOf(server);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    expect(await client.callAny('m', [])).toEqual([{ name: '\u00e9', text: 'a<b' }]);
  }
});

test('an answer may end with the connection; the next call opens another', async () => {
  const server = await serve((socket) => {
    socket.end(`HTTP/1.0 200 OK\r\n\r\n${encodeResponse('x')}`);
  });
  const client = clientOf(server);
  expect(await client.callAny('m', [])).toBe('x');
  expect(await client.callAny('m', [])).toBe('x');
  expect(server.connections.made).toBe(2);
});

test('a connection that the server closed between calls is not used again', async () => {
  const server = await serve((socket) => {
    socket.write(httpAnswer(encodeResponse(1)));
    socket.end();
  });
  const client = clientOf(server);
  await client.call('supervisor.getPID', []);
  await waitFor('the connection to close', () => server.connections.open === 0);
  expect(await client.call('supervisor.getPID', [])).toBe(1);
});

test('a call that cannot be sent, as the server has gone with its last answer, is made anew', async () => {
  const server = await serve((socket) => {
    socket.write(httpAnswer(encodeResponse(1)));
    socket.destroy();
  });
  const client = clientOf(server);
  for (let call = 1; call <= 3; call += 1) {
    expect(await client.call('supervisor.getPID', [])).toBe(1);
    expect(server.connections.made).toBe(call);
  }
  expect(server.requests).toHaveLength(3);
});

test('an answer whose length counts characters is read to its end', async () => {
  const body = encodeResponse([{ name: '\u00fc\u00df\u00e4\u00f6'.repeat(10), status: 80 }]);
  const server = await serve((socket) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n`;
    const bytes = Buffer.from(head + body);
    socket.write(bytes.subarray(0, -20));
    setImmediate(() => socket.write(bytes.subarray(-20)));
  });
  const client = clientOf(server);
  for (let round = 0; round < 3; round += 1) {
    expect(await client.callAny('m', [])).toMatchObject([{ status: 80 }]);
  }
});

test('a multicall has a result or a fault for each call', async () => {
  const failure = { faultCode: 10, faultString: 'BAD_NAME: x' };
  const server = await serve(answering([{ statecode: 1, statename: 'RUNNING' }, failure, true]));
  const [state, info, stopped] = await clientOf(server).multicall([
    ['supervisor.getState', []],
    ['supervisor.getProcessInfo', ['x']],
    ['supervisor.stopProcess', ['web', false]],
  ]);
  expect(state).toEqual({ statecode: 1, statename: 'RUNNING' });
  expect(info).toEqual(new Fault(10, 'BAD_NAME: x'));
  expect(stopped).toBe(true);
  expect(server.requests[0]).toContain(
    '<name>methodName</name>\n<value><string>supervisor.getProcessInfo</string></value>',
  );
});

test('a multicall with too few results is a bad answer', async () => {
  const client = clientOf(await serve(answering([])));
  await expect(client.multicall([['supervisor.getPID', []]])).rejects.toMatchObject({
    code: 'BAD_RESPONSE',
  });
});

test('a status other than 200 is a protocol error with its reason', async () => {
  const server = await serve((socket) => {
    socket.write('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno');
  });
  await expect(clientOf(server).call('supervisor.getPID', [])).rejects.toMatchObject({
    name: 'ClientError',
    code: 'PROTOCOL',
    status: 401,
    reason: 'Unauthorized',
    message: `${server.serverUrl} answered 401 Unauthorized`,
  });
  await waitFor('the connection to close', () => server.connections.open === 0);
});

test.each([
  ['is not HTTP', 'SSH-2.0-x\r\n'],
  ['is not XML-RPC', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
])('an answer that %s is a bad one', async (_, text) => {
  const server = await serve((socket) => void socket.write(text));
  await expect(clientOf(server).callAny('m', [])).rejects.toMatchObject({
    code: 'BAD_RESPONSE',
    message: expect.stringMatching(/does not answer as a server should: /),
  });
});

test('an answer larger than allowed is given up', async () => {
  const client = clientOf(await serve(answering('x'.repeat(5000))), { maxResponseBytes: 1000 });
  await expect(client.callAny('m', [])).rejects.toMatchObject({
    code: 'BAD_RESPONSE',
    message: expect.stringContaining('over 1000 bytes of body'),
  });
});

test('a server that closes without an answer', async () => {
  const client = clientOf(await serve((socket) => void socket.end()));
  await expect(client.callAny('m', [])).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a server that closes inside an answer', async () => {
  const server = await serve((socket) => {
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhel');
  });
  await expect(clientOf(server).callAny('m', [])).rejects.toMatchObject({
    code: 'BAD_RESPONSE',
    message: expect.stringContaining('the connection ended inside the response'),
  });
});

test('a server that does not answer in time', async () => {
  const client = clientOf(await serve(() => {}), { idleTimeoutMs: 20 });
  await expect(client.callAny('m', [])).rejects.toMatchObject({
    code: 'ETIMEDOUT',
    message: expect.stringContaining('no answer within 20 ms'),
  });
});

test('a call can be given up while it waits, and before', async () => {
  const server = await serve((socket, _, count) => {
    if (count > 1) socket.write(httpAnswer(encodeResponse(1)));
  });
  const client = clientOf(server);
  const controller = new AbortController();
  const call = client.callAny('m', [], { signal: controller.signal });
  await waitFor('the request', () => server.requests.length === 1);
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(client.callAny('m', [], { signal: controller.signal })).rejects.toMatchObject({
    code: 'ABORTED',
  });
  expect(await client.callAny('m', [])).toBe(1);
});

test('closing the client gives up the call under way', async () => {
  const server = await serve(() => {});
  const client = clientOf(server);
  const call = client.callAny('m', []);
  await waitFor('the request', () => server.requests.length === 1);
  client.close();
  await expect(call).rejects.toMatchObject({ code: 'ABORTED' });
});

test('a missing socket file', async () => {
  const server = await serve(() => {});
  const serverUrl = `${server.serverUrl}-none`;
  await expect(clientOf({ serverUrl }).callAny('m', [])).rejects.toMatchObject({
    code: 'ENOENT',
    serverUrl,
    message: `cannot reach ${serverUrl}: no such socket file (ENOENT)`,
  });
});

test.each([[true], [false]])('a server that is gone (TCP: %p)', async (tcp) => {
  const server = await serve(() => {}, tcp);
  await server.close();
  await expect(clientOf(server).callAny('m', [])).rejects.toMatchObject({
    name: 'ClientError',
    code: tcp ? 'ECONNREFUSED' : 'ENOENT',
  });
});
