import { afterEach, expect, test } from '@jest/globals';

import { fault } from '@tsvisor/rpc';

import { connect } from '../src/connection.ts';
import { startServer, type Fixture, type FixtureOptions } from './server.ts';

let fixture: Fixture | undefined;

afterEach(async () => {
  await fixture?.close();
  fixture = undefined;
});

async function connected(options: FixtureOptions): Promise<ReturnType<typeof connect>> {
  fixture = await startServer(options);
  return connect({ url: fixture.url, username: null, password: null });
}

test('a call is answered with its result', async () => {
  const remote = await connected({ answer: (method, params) => [method, ...params] });
  expect(await remote.call('startProcess', 'a')).toEqual(['supervisor.startProcess', 'a']);
});

test('a fault keeps its code and text', async () => {
  const remote = await connected({ answer: () => fault('BAD_NAME', 'x') });
  await expect(remote.call('getPID')).rejects.toMatchObject({
    code: 10,
    text: 'BAD_NAME: x',
    message: "<Fault 10: 'BAD_NAME: x'>",
  });
});

test('an HTTP status other than 200 is told as such', async () => {
  const remote = await connected({ credentials: 'joe:secret' });
  await expect(remote.call('getPID')).rejects.toMatchObject({
    status: 401,
    message: '<ProtocolError for 127.0.0.1/RPC2: 401 Unauthorized>',
  });
});

test('a socket file that is not there is ENOENT', async () => {
  const remote = connect({ url: 'unix:///nonexistent/s.sock', username: null, password: null });
  await expect(remote.call('getPID')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a URL of another kind is complained of when it is used', async () => {
  const remote = connect({ url: 'ftp://x/y', username: null, password: null });
  await expect(remote.call('getPID')).rejects.toMatchObject({
    pythonName: 'ValueError',
    message: 'Unknown protocol for serverurl ftp://x/y',
  });
});

test('a log is followed to its end', async () => {
  const logs = { '/logtail/g:a/stderr': [Buffer.from('one\n'), Buffer.from('two\n')] };
  const remote = await connected({ logs });
  let text = '';
  const receive = (bytes: Uint8Array): void => {
    text += Buffer.from(bytes).toString();
  };
  const log = { of: 'process', name: 'g:a', channel: 'stderr' } as const;
  expect(await remote.follow(log, receive, new AbortController().signal)).toEqual({
    type: 'ended',
  });
  expect(text).toBe('one\ntwo\n');
  expect(await remote.follow({ of: 'daemon' }, receive, new AbortController().signal)).toEqual({
    type: 'refused',
    status: 404,
  });
});

test('a daemon that is not there cannot be followed', async () => {
  const remote = connect({ url: 'unix:///nonexistent/s.sock', username: null, password: null });
  const end = await remote.follow({ of: 'daemon' }, () => {}, new AbortController().signal);
  expect(end).toMatchObject({ type: 'unreachable', error: { code: 'ENOENT' } });
});
