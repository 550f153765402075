import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { freePort } from './support/free-port.ts';
import { callAny, clientOf } from './support/rpc.ts';
import { Sandbox, fromRoot, tsvctlProgram, tsvdProgram, waitFor } from './support/sandbox.ts';
import type { Ended, Running } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/**
 * Runs a configuration of the repository as its README says, from a folder whose name has a
 * space, and with its socket and pidfile in the sandbox, or another port: others may run it too.
 */
function run(config: string, port?: number): Running {
  const copy = join('a clone', config);
  mkdirSync(sandbox.path(dirname(copy)), { recursive: true });
  for (const beside of readdirSync(fromRoot(dirname(config)))) {
    if (!beside.endsWith('.conf')) {
      symlinkSync(fromRoot(join(dirname(config), beside)), sandbox.path(join(copy, '..', beside)));
    }
  }
  const text = readFileSync(fromRoot(config), 'utf8');
  const elsewhere = text.replaceAll('/tmp/', `${sandbox.folder}/`);
  sandbox.write(
    copy,
    port === undefined ? elsewhere : elsewhere.replaceAll(/(127\.0\.0\.1):\d+/g, `$1:${port}`),
  );
  return sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path(copy)]);
}

test('two services and one that forks stop with their own last words, and no others', async () => {
  mkdirSync(sandbox.path('a clone'));
  symlinkSync(fromRoot('examples'), sandbox.path('a clone/examples'));
  const daemon = run('conf/two-services.conf');
  await waitFor('all to be ready', () =>
    ['web', 'queue', 'mailer'].every(
      (name) =>
        daemon.stdout().includes(`${name}: ready\n`) &&
        daemon.stdout().includes(`success: ${name} entered RUNNING state`),
    ),
  );
  daemon.process.kill('SIGINT');
  const { status, stdout } = await daemon.ended();

  expect(status).toBe(0);
  const words = stdout.split('\n').filter((line) => line !== '' && !/^\d{4}-/.test(line));
  expect(words.map((line) => line.replace(/\d+/, 'N')).toSorted()).toEqual([
    'mailer: TERM received, the worker has finished',
    'mailer: ready',
    'mailer: worker sent mail N, nothing left to send',
    'queue: QUIT received, job N done, nothing left to do',
    'queue: ready',
    'web: TERM received, request N answered, nothing left to do',
    'web: ready',
  ]);
});

test('the memory listener restarts the program that holds too much', async () => {
  const daemon = run('examples/memory-listener/supervisord.conf');
  await waitFor(
    'greedy to be started again',
    () => daemon.stdout().split("INFO spawned: 'greedy'").length > 2,
    30_000,
  );
  expect(daemon.stdout()).toMatch(
    /^restarting greedy: it holds \d+ bytes of memory, more than 10485760$/m,
  );
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
}, 45_000);

test('the RPC interface tells what programs hold, and restarts the largest', async () => {
  const daemon = run('examples/rpcinterface/supervisord.conf');
  await waitFor('sleeper to run', () => daemon.stdout().includes('sleeper entered RUNNING state'));
  const client = clientOf(sandbox, 'rpcinterface.sock');
  expect(await callAny(client, 'memory.all')).toEqual({ 'sleeper:sleeper': expect.any(Number) });
  expect(await callAny(client, 'memory.restartLargest')).toBe('sleeper:sleeper');
  expect(daemon.stdout().split("INFO spawned: 'sleeper'")).toHaveLength(3);
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});

test('the action of tsvctl waits for a program to be RUNNING', async () => {
  const daemon = run('examples/ctlplugin/supervisord.conf');
  await waitFor('the start', () => daemon.stdout().includes("spawned: 'slow'"));
  const ctl = (...words: string[]): Promise<Ended> =>
    sandbox
      .run(tsvctlProgram, [
        '-c',
        sandbox.path('a clone/examples/ctlplugin/supervisord.conf'),
        ...words,
      ])
      .ended();
  expect(await ctl('wait', 'slow')).toMatchObject({ stdout: 'slow is RUNNING\n', status: 0 });
  expect((await ctl('help', 'wait')).stdout).toContain('wait <name> [<state>]\tWait until');
  expect(await ctl('wait')).toMatchObject({ status: 2 });
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});

test('the health check is ready once the service runs, and tells metrics', async () => {
  const port = await freePort();
  const daemon = run('examples/health-and-metrics/supervisord.conf', port);
  const ask = (path: string, headers = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers });
  await waitFor('the server', () => daemon.stdout().includes('supervisord started with pid'));
  await waitFor('all to be ready', async () => (await ask('/readyz')).status === 200);
  const authorization = `Basic ${Buffer.from('prometheus:scrape-me').toString('base64')}`;
  expect(await (await ask('/metrics', { authorization })).text()).toContain(
    '\nnode_supervisord_up{name="web",group="web"} 1\n',
  );
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});
