import { request as httpRequest } from 'node:http';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Client } from '../packages/rpc/src/index.ts';
import { Sandbox } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = new Sandbox();
  sandbox.configure(
    [
      // Of [supervisorctl].
      'username=ann',
      'password=look',
      '[unix_http_server:two]',
      `file=${sandbox.path('two.sock')}`,
      'username=joe',
      'password=secret',
      'readonly_username=ann',
      // The digest of `look`.
      'readonly_password={SHA}e09315fa02d775f3e707a7af455093a1c240583b',
      '[program:web]',
      'command=/bin/cat',
      'startsecs=0',
    ].join('\n'),
  );
  await sandbox.startDaemon();
});
afterEach(() => sandbox.close());

const asking = (username: string, password: string): Client =>
  new Client({ serverUrl: `unix://${sandbox.path('two.sock')}`, username, password });

const ctl = (...words: readonly string[]) =>
  sandbox.ctl('-s', `unix://${sandbox.path('two.sock')}`, ...words);

/** The status of a page for somebody who may only look. */
function status(method: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const auth = 'ann:look';
    const request = httpRequest({ socketPath: sandbox.path('two.sock'), method, path, auth });
    request.on('response', (response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    request.on('error', reject);
    request.end();
  });
}

test('an account that may only look sees everything and changes nothing', async () => {
  expect(await ctl('status')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^web +RUNNING/),
  });
  for (const words of [
    ['stop', 'web'],
    ['signal', 'HUP', 'web'],
    ['restart', 'web'],
  ]) {
    expect(await ctl(...words)).toMatchObject({
      status: 1,
      stdout: 'web: ERROR (forbidden: this account may only look)\n',
    });
  }
  for (const words of [['stop', 'all'], ['shutdown'], ['reload'], ['update']]) {
    expect(await ctl(...words)).toMatchObject({
      status: 1,
      stdout: 'ERROR: forbidden: this account may only look\n',
    });
  }
  expect(await ctl('status')).toMatchObject({ status: 0 });
  expect(await ctl('-u', 'joe', '-p', 'secret', 'stop', 'web')).toMatchObject({
    status: 0,
    stdout: 'web: stopped\n',
  });
}, 40_000);

test('it is refused in system.multicall too, and by the pages', async () => {
  const ann = asking('ann', 'look');
  const [pid, stopped] = await ann.multicall([
    ['supervisor.getPID', []],
    ['supervisor.stopProcess', ['web']],
  ]);
  ann.close();
  expect(pid).toEqual(expect.any(Number));
  expect(stopped).toMatchObject({ code: 100, text: 'FORBIDDEN: this account may only look' });
  for (const path of [
    '/',
    '/tail.html?processname=web',
    '/logtail/web',
    '/mainlogtail',
    '/events',
  ]) {
    expect(await status('GET', path)).toBe(200);
  }
  for (const path of ['/?action=stopall', '/index.html?processname=web&action=stop']) {
    expect(await status('GET', path)).toBe(403);
    expect(await status('POST', path)).toBe(403);
  }
  expect((await ctl('status')).stdout).toMatch(/^web +RUNNING/);
  expect(sandbox.read('main.log')).not.toMatch(/secret|look\b(?! when)/);
});
