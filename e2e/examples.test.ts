import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { install } from './embed/support/host.ts';
import { freePort } from './support/free-port.ts';
import { buildImage } from './support/image.ts';
import { withNetNamespaces } from './support/needs.ts';
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
function run(config: string, port?: number, env: NodeJS.ProcessEnv = process.env): Running {
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
  return sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path(copy)], env);
}

/** With our programs on PATH, as where tsvisor is installed. */
const installed = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [dirname(tsvdProgram), dirname(tsvctlProgram), process.env['PATH']].join(':'),
  ...env,
});

/** Runs what an image of an example would run, below this folder, with its files in the sandbox. */
function runImage(example: string, env: NodeJS.ProcessEnv = {}, before: string[] = []): Running {
  const root = sandbox.path('an image');
  const command = [...before, ...buildImage(`examples/${example}/Dockerfile`, root)];
  const config = join(root, 'app/supervisord.conf');
  const text = readFileSync(config, 'utf8').replaceAll('/tmp/', `${sandbox.folder}/`);
  const isRoot = process.getuid?.() === 0;
  writeFileSync(config, isRoot ? text : text.replace('user=root\n', ''));
  return sandbox.run(command[0] as string, command.slice(1), installed(env));
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

test('the image with two services answers, is healthy, and stops each with its last words', async () => {
  const container = runImage('two-services-image', { PORT: '0' });
  const port = await waitFor(
    'the web server',
    () => /^web: listening on (\d+)$/m.exec(container.stdout())?.[1],
  );
  await waitFor('the worker', () => container.stdout().includes('worker: ready\n'));
  const page = await fetch(`http://127.0.0.1:${port}/hello`, { headers: { connection: 'close' } });
  expect(await page.text()).toBe('you asked for /hello\n');
  const config = sandbox.path('an image/app/supervisord.conf');
  await waitFor('it to be healthy', async () => {
    const { status } = await sandbox.run(tsvctlProgram, ['-c', config, 'health']).ended();
    return status === 0;
  });
  container.process.kill('SIGTERM');
  const { status, stdout } = await container.ended();
  expect(stdout).toContain('worker: QUIT, the last job is done\n');
  expect(stdout).toContain('web: all have been answered\n');
  expect(status).toBe(0);
});

withNetNamespaces('the image sets kernel parameters, then starts its services', async () => {
  const container = runImage('sysctl-image', {}, ['unshare', '--net']);
  await waitFor('both services', () =>
    ['web: a queue of 1024\n', 'worker: ready\n'].every((line) =>
      container.stdout().includes(line),
    ),
  );
  expect(container.stdout()).toMatch(/init script 10-sysctl: net\.core\.somaxconn = 1024\n/);
  container.process.kill('SIGTERM');
  expect((await container.ended()).status).toBe(0);
});

test('services that fork get their signals, and leave nothing behind', async () => {
  const daemon = run('examples/forking-service/supervisord.conf', undefined, installed());
  await waitFor('both', () =>
    ['legacyd: ready\n', 'pool: two workers\n', 'legacyd entered RUNNING'].every((line) =>
      daemon.stdout().includes(line),
    ),
  );
  const config = sandbox.path('a clone/examples/forking-service/supervisord.conf');
  const hup = sandbox.run(tsvctlProgram, ['-c', config, 'signal', 'HUP', 'legacyd']);
  expect((await hup.ended()).stdout).toBe('legacyd: signalled\n');
  await waitFor('it to read again', () =>
    daemon.stdout().includes('HUP, configuration read again'),
  );
  // What stands in for it stays when the command has long ended; pidproxy would be gone.
  await new Promise((resolve) => setTimeout(resolve, 6000));
  const legacyd = (): string => sandbox.read('legacyd.pid').trim();
  const first = legacyd();
  const { stdout: running } = await sandbox.run(tsvctlProgram, ['-c', config, 'status']).ended();
  expect(running).toMatch(/^legacyd +RUNNING .*uptime 0:00:[01]\d\npool +RUNNING/);
  process.kill(Number(first), 'SIGKILL');
  await waitFor(
    'another one',
    () =>
      /exited: legacyd \(exit status 1; not expected\)/.test(daemon.stdout()) &&
      daemon.stdout().split('legacyd: ready\n').length === 3,
  );
  await waitFor('its pid', () => legacyd() !== '' && legacyd() !== first);
  daemon.process.kill('SIGINT');
  const { status, stdout } = await daemon.ended();
  expect(status).toBe(0);
  const words = stdout.split('\n').filter((line) => /^(pool|legacyd): /.test(line));
  expect(words.toSorted()).toEqual([
    'legacyd: HUP, configuration read again',
    'legacyd: TERM, goodbye',
    'legacyd: ready',
    'legacyd: ready',
    'pool: all have finished',
    'pool: two workers',
    'pool: worker 1 has finished',
    'pool: worker 2 has finished',
  ]);
});

test('the event listener in TypeScript counts crashes', async () => {
  install(sandbox, 'examples/typescript-listener');
  const config = sandbox.path('app/supervisord.conf');
  const text = readFileSync(config, 'utf8').replaceAll('/tmp/', `${sandbox.folder}/`);
  writeFileSync(config, text.replace('sleep 2;', 'sleep 1.1;'));
  const daemon = sandbox.run(tsvdProgram, ['-n', '-c', config]);
  await waitFor(
    'two crashes',
    () => daemon.stdout().includes('unsteady crashed, number 2\n'),
    40_000,
  );
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
}, 60_000);

test('services start once the program before them has succeeded', async () => {
  const daemon = run('examples/oneshot-then-services/supervisord.conf', undefined, installed());
  await waitFor('both services', () => daemon.stdout().includes('services:worker: started\n'));
  const order = ['migrate: done', "INFO spawned: 'web'", 'web: ready', 'services:web: started'];
  const places = order.map((text) => daemon.stdout().indexOf(text));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});

test('where that program fails, none starts, and the container ends with its status', async () => {
  const failing = installed({ MIGRATION: 'false' });
  const daemon = run('examples/oneshot-then-services/supervisord.conf', undefined, failing);
  const { status, stdout } = await daemon.ended();
  expect(status).toBe(1);
  expect(stdout).not.toContain("spawned: 'web'");
});

/** What Debian's package has, in an image below this folder. */
const debianConfig = (root: string): string => `[supervisord]
logfile=${root}/main.log
pidfile=${root}/pid
childlogdir=${root}
[include]
files = ${root}/etc/supervisor/conf.d/*.conf
`;

const nginx = `#!/bin/sh
trap 'echo "nginx $2 has answered all"; exit 0' QUIT
echo 'nginx is there'
while :; do sleep 1 & wait $!; done
`;

test('the old image runs its nginx as ever, and lets it finish', async () => {
  const root = sandbox.path('old');
  const [command, ...words] = buildImage('examples/legacy-image/Dockerfile', root) as [string];
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  symlinkSync(join(dirname(tsvdProgram), 'supervisord'), command);
  writeFileSync(join(root, 'etc/supervisor/supervisord.conf'), debianConfig(root));
  const program = join(root, 'etc/supervisor/conf.d/web.conf');
  const standIn = sandbox.write('nginx', nginx, 0o755);
  writeFileSync(program, readFileSync(program, 'utf8').replace('/usr/sbin/nginx', standIn));

  const container = sandbox.run(command, words);
  await waitFor('nginx', () =>
    ['nginx is there\n', 'nginx entered RUNNING'].every((line) =>
      container.stdout().includes(line),
    ),
  );
  container.process.kill('SIGTERM');
  const { status, stdout } = await container.ended();
  expect(stdout).toContain('nginx daemon off; has answered all\n');
  expect(status).toBe(0);
});

test('every example is run by a test, and stands in the list of them', () => {
  const names = readdirSync(fromRoot('examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const tests = readdirSync(fromRoot('e2e'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(fromRoot(`e2e/${name}`), 'utf8'))
    .join('');
  const list = readFileSync(fromRoot('examples/README.md'), 'utf8');
  expect(names.filter((name) => !new RegExp(`['/]${name}['/.]`).test(tests))).toEqual([]);
  expect([...list.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1])).toEqual(
    expect.arrayContaining(names),
  );
});
