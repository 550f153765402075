import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { freePort } from '../support/free-port.ts';
import { Sandbox, waitFor } from '../support/sandbox.ts';
import { install, runNode } from './support/host.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

test('an HTTP server supervises the worker behind it, and is controlled beside', async () => {
  install(sandbox, 'examples/embed-http-server');
  const control = await freePort();
  const host = runNode(sandbox, ['app/server.js'], { PORT: '0', CONTROL_PORT: `${control}` });
  const url = await waitFor('both servers', () =>
    host.stdout().includes('control:')
      ? /^http:\/\/127\.0\.0\.1:\d+$/m.exec(host.stdout())?.[0]
      : undefined,
  );
  const get = async (path: string, method = 'GET'): Promise<string> =>
    (await fetch(url + path, { method })).text();

  expect(await get('/ask?name=ada')).toBe('ada: hello, ada\n');
  expect(await get('/')).toMatch(/^RUNNING since \d{4}-/);
  expect(await get('/ask?name=crash')).toBe('no answer for crash\n');
  await waitFor('it to be started again', () => host.stdout().split('_RUNNING').length > 2);
  expect(await get('/ask?name=bob')).toBe('bob: hello, bob\n');
  expect(await get('/restart', 'POST')).toBe('RUNNING\n');
  const page = await fetch(`http://127.0.0.1:${control}/api/v1/processes`);
  expect(await page.json()).toMatchObject({ processes: [{ name: 'worker', state: 'RUNNING' }] });

  host.process.kill('SIGTERM');
  const { status, stdout, stderr } = await host.ended();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/worker: PROCESS_STATE_STOPPED\nall has stopped\n$/);
});

test('jobs come and go, each with its lines and its exit status', async () => {
  install(sandbox, 'examples/embed-jobs');
  const host = runNode(sandbox, ['--import', 'tsx', 'app/jobs.ts', 'one', 'two']);
  expect(await host.ended()).toEqual({
    status: 0,
    stderr: '',
    stdout: [
      'one 1',
      'one 2',
      'one 3',
      'one: exit status 0',
      'two 1',
      'two 2',
      'two 3',
      'two: exit status 1',
      'BAD_NAME: none',
      'failed: two',
      'STARTING RUNNING EXITED STARTING RUNNING EXITED\n',
    ].join('\n'),
  });
});

test("users' tests run without processes and without waiting", async () => {
  install(sandbox, 'examples/embed-testing');
  const host = runNode(sandbox, ['--test', 'app/watchdog.test.js']);
  const { status, stdout } = await host.ended();
  expect(stdout).toMatch(/pass 3\n.*fail 0\n/);
  expect(status).toBe(0);
});
