// Every door of a server, tried by everybody: what is added to the tables is tried, too.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { systemClock } from '@tsvisor/core';

import { operations } from '../src/api/operations.ts';
import { API_BASE } from '../src/api/paths.ts';
import { BUILT_IN } from '../src/methods/interfaces.ts';
import { openServers } from '../src/serve.ts';
import type { Server } from '../src/serve.ts';
import { assets } from '../src/web/assets/links.ts';
import { inetServer, single } from './support/config.ts';
import { daemonOf } from './support/daemon.ts';
import type { FakeDaemon } from './support/daemon.ts';
import { RawClient } from './support/raw.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'BREW'];

const api = operations.map(({ path }) => API_BASE + path.replaceAll(/\{\w+\}/g, 'web'));
const pages = ['', 'index.html', 'tail.html', 'ok.html', 'signal.html', 'config.html'];
const paths = [
  ...new Set([
    ...api,
    ...pages.map((page) => `/${page}`),
    ...['log', 'mainlog', 'events'].map((page) => `/${page}.html`),
    ...['startall', 'stopall', 'restartall', 'clearalllogs', 'signalall'].map(
      (action) => `/?action=${action}&signal=HUP`,
    ),
    ...['start', 'stop', 'restart', 'clearlog', 'signal'].map(
      (action) => `/index.html?action=${action}&processname=web&signal=HUP`,
    ),
    ...[...assets.keys()].map((path) => `/${path}`),
    '/RPC2',
    '/RPC2/anything',
    '/logtail/web',
    '/mainlogtail',
    '/events',
    '/api/v1/stream',
    '/metrics',
    '/nosuch',
    '//',
    '/..%2f..%2fetc/passwd',
    '/%61pi/v1/supervisor/shutdown',
    '/healthz/../index.html?action=stopall',
    '/healthz%2f..%2fapi/v1/processes/web/stop',
    '/healthz/',
    '/HEALTHZ',
    'http://h/healthz',
    '*',
  ]),
];
const probes = ['/healthz', '/readyz', '/healthz;x', '/%68ealthz', '/readyz?verbose&program=web'];

let daemon: FakeDaemon;
let servers: readonly Server[];
beforeEach(async () => {
  daemon = daemonOf([single('web', { startSeconds: 0 })]);
  const config = {
    ...inetServer(),
    username: 'joe',
    password: 'secret',
    readOnlyUsername: 'look',
    readOnlyPassword: 'see',
    metrics: true,
    health: true,
    healthIsPublic: true,
  };
  servers = await openServers([config], daemon.supervisor, {
    daemon: daemon.daemon,
    logger: daemon.logger,
    rpcInterfaces: [{ name: 'supervisor', factory: BUILT_IN, options: {} }],
    clock: systemClock,
    report: () => undefined,
  });
});
afterEach(() => Promise.all(servers.map((server) => server.close())));

/** The head of the answer. */
async function knock(method: string, path: string, headers: string): Promise<string> {
  const client = new RawClient({ port: servers[0]?.port ?? 0, host: '127.0.0.1' });
  client.say(`${method} ${path} HTTP/1.1\r\nHost: h\r\n${headers}Content-Length: 0\r\n\r\n`);
  const head = await client.until(/\r\n\r\n/);
  client.leave();
  return head;
}

const basic = (user: string): string =>
  `Authorization: Basic ${Buffer.from(user).toString('base64')}\r\n`;
const webSocket =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

const statusesOf = async (
  doors: readonly string[],
  headers: string,
): Promise<Record<string, string>> => {
  const knocks = doors.flatMap((path) =>
    methods.map(async (method) => {
      const head = await knock(method, path, headers);
      return [`${method} ${path}`, /^HTTP\/1.1 (\d+)/.exec(head)?.[1] ?? head] as const;
    }),
  );
  return Object.fromEntries(await Promise.all(knocks));
};

const except = (statuses: Record<string, string>, ...usual: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(statuses).filter(([, status]) => !usual.includes(status)));

const isUntouched = (): void => {
  expect(daemon.supervisor.state).toBe('RUNNING');
  expect(daemon.supervisor.find('web')[0]?.state).toBe('STOPPED');
  expect(daemon.supervisor.totals.spawns).toBe(0);
};

describe('without the password', () => {
  test.each([
    ['nobody', ''],
    ['a stranger', basic('joe:wrong')],
    ['a user without a password', basic('joe:')],
    ['one with the password of another', basic('joe:see')],
    ['a token that is none', 'Authorization: Bearer am9lOnNlY3JldA==\r\n'],
    ['who offers a WebSocket', webSocket],
  ])('%s is let in nowhere', async (_who, headers) => {
    const doors = headers === '' ? paths : [...paths.slice(0, 12), '/RPC2', '/api/v1/stream'];
    // 400: what node:http does not take for a request at all.
    expect(except(await statusesOf(doors, headers), '401', '400')).toEqual({});
    isUntouched();
  });

  test('probes are answered, and nothing that stands beside them', async () => {
    const statuses = await statusesOf(probes, '');
    expect(except(statuses, '200', '405', '503', '400')).toEqual({});
    const head = await knock('GET', '/readyz?verbose', 'Accept: application/json\r\n');
    expect(head).not.toContain('web');
  });
});

describe('an account that may only look', () => {
  test('changes nothing, whichever door it takes', async () => {
    const statuses = await statusesOf([...paths, ...probes], basic('look:see'));
    expect(except(statuses, '200', '301', '400', '403', '404', '405', '411', '426', '503')).toEqual(
      {},
    );
    const changing = operations.filter(({ changes }) => changes);
    for (const { method, path } of changing) {
      expect(statuses[`${method} ${API_BASE}${path.replaceAll(/\{\w+\}/g, 'web')}`]).toBe('403');
    }
    isUntouched();
  });
});

test('no password is in a line of the log', async () => {
  for (const user of ['joe:secret', 'look:see', 'joe:guessed'])
    await statusesOf(['/', '/api/v1', '/RPC2'], basic(user));
  const passwords = ['secret', 'guessed', 'look:see', ...['joe:secret', 'look:see'].map(btoa)];
  const log = daemon.logger.lines.join('\n');
  expect(passwords.filter((password) => log.includes(password))).toEqual([]);
  expect(log).toContain('GET /api/v1 HTTP/1.1');
});
