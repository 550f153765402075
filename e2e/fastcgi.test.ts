import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import type { AddressInfo, NetConnectOpts, Socket } from 'node:net';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { fastcgiRequest } from './support/fastcgi.ts';
import { withPhpCgi } from './support/needs.ts';
import { clientOf } from './support/rpc.ts';
import { Sandbox, fromRoot, waitFor } from './support/sandbox.ts';

const asRoot = process.getuid?.() === 0 ? test : test.skip;

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const script = fromRoot('examples/fastcgi/hello.php');

/** The pid of the process that has answered. */
async function hello(address: NetConnectOpts, body = ''): Promise<number> {
  const answer = await fastcgiRequest(
    address,
    {
      SCRIPT_FILENAME: script,
      SCRIPT_NAME: '/hello.php',
      REQUEST_METHOD: body === '' ? 'GET' : 'POST',
      CONTENT_LENGTH: String(body.length),
      SERVER_PROTOCOL: 'HTTP/1.1',
      REDIRECT_STATUS: '200',
    },
    body,
  );
  expect(answer).toMatchObject({ stderr: '', appStatus: 0 });
  const [, pid] = /\r\n\r\nhello from process (\d+)\n$/.exec(answer.stdout) ?? [];
  expect(pid).toBeDefined();
  return Number(pid);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const pool = (name: string, ...lines: readonly string[]): string =>
  [
    `[fcgi-program:${name}]`,
    'process_name=%(program_name)s_%(process_num)d',
    'numprocs=2',
    'startsecs=0',
    ...lines,
  ].join('\n');

async function pids(...names: readonly string[]): Promise<number[]> {
  const { stdout } = await sandbox.ctl('pid', ...names);
  return stdout.trim().split('\n').map(Number);
}

const linesAbout = (text: string): string[] =>
  sandbox
    .read('main.log')
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => line.replace(/^\S+ \S+ /, ''));

withPhpCgi(
  'php-cgi answers on a unix socket and on a TCP port, as the example has it',
  async () => {
    const port = await freePort();
    const text = readFileSync(fromRoot('examples/fastcgi/supervisord.conf'), 'utf8')
      .replaceAll('/tmp/', `${sandbox.folder}/`)
      .replace('logfile=/dev/null', `logfile=${sandbox.path('main.log')}`)
      .replace('9999', String(port));
    sandbox.write('supervisord.conf', text);
    const daemon = await sandbox.startDaemon();
    for (const name of ['php:php_0', 'php:php_1', 'php-tcp']) {
      await sandbox.waitForState(name, 'RUNNING');
    }
    const path = sandbox.path('php.sock');
    expect(await pids('php:php_0', 'php:php_1')).toContain(await hello({ path }));
    expect(await pids('php-tcp')).toEqual([await hello({ host: '127.0.0.1', port }, 'a=1')]);
    expect(statSync(path).mode & 0o777).toBe(0o660);
    daemon.process.kill('SIGTERM');
    expect((await daemon.ended()).status).toBe(0);
    expect(sandbox.read('main.log')).not.toContain('SIGKILL');
  },
);

withPhpCgi(
  'a restart of one of two keeps the socket, and refuses nobody',
  async () => {
    const path = sandbox.path('php.sock');
    sandbox.configure(pool('php', 'command=php-cgi', `socket=unix://${path}`));
    await sandbox.startDaemon();
    await sandbox.waitForState('php:php_1', 'RUNNING');
    const [first, second] = await pids('php:php_0', 'php:php_1');
    const { ino } = statSync(path);
    const asking = (async () => {
      const answered = new Set<number>();
      while (!answered.has((await pids('php:php_0'))[0] ?? 0) || answered.size < 2) {
        answered.add(await hello({ path }));
      }
      return answered;
    })();
    expect((await sandbox.ctl('restart', 'php:php_0')).status).toBe(0);
    const [third] = await pids('php:php_0');
    expect(third).not.toBe(first);
    expect([...(await asking)]).toContain(second);
    expect(statSync(path).ino).toBe(ino);
    expect(linesAbout(' socket unix')).toEqual([
      // Tried when the group is added, then made with the first process.
      `INFO Creating socket unix://${path}`,
      `INFO Closing socket unix://${path}`,
      `INFO Creating socket unix://${path}`,
    ]);
    await sandbox.ctl('stop', 'php:*');
    expect(linesAbout(' socket unix').at(-1)).toBe(`INFO Closing socket unix://${path}`);
    await expect(hello({ path })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await sandbox.ctl('start', 'php:*');
    await hello({ path });
  },
  30_000,
);

test('the processes share one socket as their descriptor 0, and it blocks', async () => {
  sandbox.configure(pool('app', 'command=/bin/sleep 1000', `socket=unix://${sandbox.path('s')}`));
  await sandbox.startDaemon();
  await sandbox.waitForState('app:app_1', 'RUNNING');
  const processes = await pids('app:app_0', 'app:app_1');
  const sockets = processes.map((pid) => statSync(`/proc/${pid}/fd/0`));
  expect(sockets[0]?.isSocket()).toBe(true);
  expect(sockets[0]?.ino).toBe(sockets[1]?.ino);
  for (const pid of processes) {
    const [, flags] = /^flags:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/0`, 'utf8')) ?? [];
    // O_NONBLOCK
    expect(Number.parseInt(flags ?? '', 8) & 0o4000).toBe(0);
  }
  expect(statSync(sandbox.path('s')).mode & 0o777).toBe(0o700);
});

test('so many connections wait as socket_backlog says', async () => {
  const path = sandbox.path('s');
  sandbox.configure(
    pool('app', 'command=/bin/sleep 1000', `socket=unix://${path}`, 'socket_backlog=2'),
  );
  await sandbox.startDaemon();
  await sandbox.waitForState('app:app_0', 'RUNNING');
  const opened: Socket[] = [];
  const outcomes = [];
  for (let count = 0; count < 5; count++) {
    outcomes.push(
      await new Promise((resolve) => {
        const socket = connect({ path }, () => resolve('connected'));
        socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
        opened.push(socket);
      }),
    );
  }
  for (const socket of opened) socket.destroy();
  // The kernel takes one more than it was told.
  expect(outcomes).toEqual(['connected', 'connected', 'connected', 'EAGAIN', 'EAGAIN']);
});

asRoot('a unix socket has the owner that socket_owner or user names', async () => {
  const { uid, gid } = accountOf('nobody');
  sandbox.configure(
    [
      pool('a', 'command=/bin/sleep 1000', `socket=unix://${sandbox.path('a')}`, 'user=nobody'),
      pool(
        'b',
        'command=/bin/sleep 1000',
        `socket=unix://${sandbox.path('b')}`,
        'socket_owner=nobody:root',
        'socket_mode=0777',
      ),
    ].join('\n'),
  );
  await sandbox.startDaemon();
  await sandbox.waitForState('b:b_1', 'RUNNING');
  expect(statSync(sandbox.path('a'))).toMatchObject({ uid, gid });
  expect(statSync(sandbox.path('b'))).toMatchObject({ uid, gid: 0 });
  expect(statSync(sandbox.path('b')).mode & 0o777).toBe(0o777);
});

function accountOf(name: string): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`));
  const [, , uid, gid] = (line ?? '').split(':').map(Number);
  return { uid: uid ?? -1, gid: gid ?? -1 };
}

test('a socket that cannot be made any more is the spawn error of its program', async () => {
  mkdirSync(sandbox.path('run'));
  const url = `unix://${sandbox.path('run/s')}`;
  sandbox.configure(
    `[fcgi-program:app]\ncommand=/bin/sleep 1000\nsocket=${url}\nautostart=false\nstartretries=0\n`,
  );
  await sandbox.startDaemon();
  rmSync(sandbox.path('run'), { recursive: true });
  expect((await sandbox.ctl('start', 'app')).stdout).toBe('app: ERROR (spawn error)\n');
  const why = `Could not create FastCGI socket ${url}: [Errno 2] No such file or directory`;
  expect(await clientOf(sandbox).call('supervisor.getProcessInfo', ['app'])).toMatchObject({
    statename: 'FATAL',
    spawnerr: why,
  });
  expect(linesAbout('spawnerr')).toEqual([`INFO spawnerr: ${why}`]);
  mkdirSync(sandbox.path('run'));
  expect((await sandbox.ctl('start', 'app')).stdout).toBe('app: started\n');
});

test('a socket that cannot be made at all ends the daemon, with status 1', async () => {
  const url = `unix://${sandbox.path('nowhere/s')}`;
  sandbox.configure(`[fcgi-program:app]\ncommand=/bin/sleep 1000\nsocket=${url}\n`);
  const command = ['-n', '-c', sandbox.path('supervisord.conf')];
  const daemon = sandbox.run(fromRoot('packages/daemon/bin/tsvd'), command);
  const { status, stdout, stderr } = await daemon.ended();
  expect(status).toBe(1);
  expect(stdout + stderr).toContain(
    `Could not create FastCGI socket ${url}: [Errno 2] No such file or directory`,
  );
  expect(existsSync(sandbox.path('s.sock'))).toBe(false);
});

test('a group whose socket cannot be made is refused with the reason, and not there', async () => {
  sandbox.configure('');
  await sandbox.startDaemon();
  const url = `unix://${sandbox.path('nowhere/s')}`;
  sandbox.configure(`[fcgi-program:app]\ncommand=/bin/sleep 1000\nsocket=${url}\n`);
  const client = clientOf(sandbox);
  expect(await client.call('supervisor.reloadConfig', [])).toEqual([[['app'], [], []]]);
  await expect(client.call('supervisor.addProcessGroup', ['app'])).rejects.toMatchObject({
    code: 30,
    text: `FAILED: Could not create FastCGI socket ${url}: [Errno 2] No such file or directory`,
  });
  expect(await client.call('supervisor.getAllProcessInfo', [])).toEqual([]);
  mkdirSync(sandbox.path('nowhere'));
  expect(await client.call('supervisor.addProcessGroup', ['app'])).toBe(true);
  await waitFor('it to run', () => sandbox.read('main.log').includes("spawned: 'app'"));
});
