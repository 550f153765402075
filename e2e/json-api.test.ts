import { request } from 'node:http';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { freePort } from './hostile/daemon.ts';
import { Sandbox, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

interface Heard {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

interface Saying {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** By TCP instead of the unix socket. */
  readonly port?: number;
}

/** One request below /api/v1, as curl sends it. */
function ask(what: string, { body, headers = {}, port }: Saying = {}): Promise<Heard> {
  const [method, path = ''] = what.split(' ');
  const where = port === undefined ? { socketPath: sandbox.path('s.sock') } : { port };
  const text = body === undefined ? undefined : JSON.stringify(body);
  const type = text === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const options = { ...where, method, path: `/api/v1${path}`, headers: { ...type, ...headers } };
    const sent = request(options, (response) => {
      let heard = '';
      response.on('data', (piece: Buffer) => (heard += piece.toString()));
      response.on('end', () => {
        const isJson = /json/.test(response.headers['content-type'] ?? '');
        const json = isJson ? (JSON.parse(heard) as Record<string, unknown>) : {};
        resolve({ status: response.statusCode ?? 0, text: heard, json });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

const program = (name: string, command: string, more = ''): string =>
  `[program:${name}]\ncommand=${command}\nautostart=false\nstartsecs=0\n${more}`;

test('a program is started, read, written to, restarted and stopped over the socket', async () => {
  sandbox.configure(program('cat', '/bin/cat', `stdout_logfile=${sandbox.path('cat.log')}`));
  await sandbox.startDaemon();
  expect(await ask('POST /processes/cat/start')).toMatchObject({
    status: 200,
    json: { state: 'RUNNING', restarts: 0 },
  });
  expect((await ask('POST /processes/cat/stdin', { body: { data: 'hello\n' } })).status).toBe(204);
  await waitFor('the echo', async () => {
    const { text } = await ask('GET /processes/cat/logs/stdout');
    return text === 'hello\n';
  });
  const part = await ask('GET /processes/cat/logs/stdout', { headers: { range: 'bytes=-3' } });
  expect([part.status, part.text]).toEqual([206, 'lo\n']);
  expect((await ask('GET /processes/cat')).json).toMatchObject({
    logs: { stdout: { path: sandbox.path('cat.log'), bytesWritten: 6 } },
    usage: { count: 1, memoryBytes: expect.any(Number) },
  });
  expect((await ask('POST /processes/cat/restart')).json).toMatchObject({ state: 'RUNNING' });
  expect((await ask('POST /processes/cat/stop')).json).toMatchObject({
    state: 'STOPPED',
    pid: null,
  });
  expect(await ask('POST /processes/cat/stop')).toMatchObject({
    status: 409,
    json: { fault: { name: 'NOT_RUNNING' } },
  });
  expect((await ask('GET /supervisor/log')).text).toContain("spawned: 'cat' with pid");
}, 60_000);

test('an update brings in what the file has, and an error in it is told with its place', async () => {
  sandbox.configure(program('old', '/bin/sleep 1000'));
  await sandbox.startDaemon();
  sandbox.configure(program('new', '/bin/sleep 1000'));
  expect((await ask('POST /supervisor/update')).json).toEqual({
    added: ['new'],
    changed: [],
    removed: ['old'],
    failed: [],
  });
  sandbox.configure(program('new', '/bin/sleep 1000', 'stopwaitsecs=soon'));
  expect(await ask('POST /supervisor/reread')).toMatchObject({
    status: 422,
    json: {
      fault: { name: 'CANT_REREAD' },
      config: {
        file: sandbox.path('supervisord.conf'),
        section: 'program:new',
        option: 'stopwaitsecs',
      },
    },
  });
}, 60_000);

test('by TCP a password decides who may do what, and secrets stay hidden', async () => {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  const port = await freePort();
  sandbox.configure(
    [
      '[inet_http_server]',
      `port=127.0.0.1:${port}`,
      'username=me',
      'password=secret',
      'readonly_username=guest',
      'readonly_password=look',
      program('web', '/bin/sleep 1000', 'environment=API_TOKEN="very-secret",LANG="C"'),
    ].join('\n'),
  );
  await sandbox.startDaemon();
  const as = (who: string): Saying => ({ port, headers: { authorization: basic(who) } });
  expect(await ask('GET /', { port })).toMatchObject({
    status: 401,
    json: { title: 'Unauthorized' },
  });
  expect((await ask('GET /', as('me:secret'))).json).toMatchObject({ role: 'full' });
  expect((await ask('GET /config', as('me:secret'))).text).not.toMatch(
    /very-secret|"look"|"secret"/,
  );
  expect((await ask('GET /config/web', as('guest:look'))).json).toMatchObject({
    environment: { API_TOKEN: '********', LANG: '********' },
  });
  expect(await ask('POST /processes/web/start', as('guest:look'))).toMatchObject({
    status: 403,
    json: { fault: { name: 'FORBIDDEN' } },
  });
  expect((await ask('POST /supervisor/shutdown', as('me:secret'))).json).toEqual({
    state: 'SHUTDOWN',
  });
}, 60_000);
