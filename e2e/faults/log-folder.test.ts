import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, waitFor } from '../support/sandbox.ts';
import { count, endsWell, isUp, stateOf, waitForRpcState } from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  mkdirSync(sandbox.path('logs'));
});
afterEach(() => sandbox.close());

const mainLog = (): string => sandbox.read('main.log');
const remove = (): void => rmSync(sandbox.path('logs'), { recursive: true });

const echoing = (name: string, log: string, more = ''): string =>
  `[program:${name}]\ncommand=/bin/cat\nstartsecs=0\nstdout_logfile=${log}\n${more}`;

test('programs outlive the folder of their logs, and write there again when it is back', async () => {
  sandbox.configure(
    [
      echoing('web', sandbox.path('logs/web.log'), 'stdout_logfile_maxbytes=0'),
      echoing('beside', sandbox.path('beside.log')),
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  const say = (name: string, text: string): Promise<boolean> =>
    client.call('supervisor.sendProcessStdin', [name, text]);
  await say('web', 'one\n');
  await waitFor('the log', () => sandbox.read('logs/web.log') === 'one\n');
  const { pid } = await client.call('supervisor.getProcessInfo', ['web']);

  remove();
  await say('web', 'into a file without a name\n');
  daemon.process.kill('SIGUSR2');
  await waitFor('the complaint', () => /cannot reopen log file .*web\.log: ENOENT/.test(mainLog()));
  await say('beside', 'one\n');
  await waitFor('the other log', () => sandbox.read('beside.log') === 'one\n');
  expect(await stateOf(client, 'web')).toBe('RUNNING');

  mkdirSync(sandbox.path('logs'));
  await waitFor('the new file', async () => {
    await say('web', 'two\n');
    return sandbox.read('logs/web.log').startsWith('two\n');
  });
  expect(count(mainLog(), 'cannot reopen log file')).toBe(1);
  expect((await client.call('supervisor.getProcessInfo', ['web'])).pid).toBe(pid);
  await endsWell(daemon, sandbox);
});

test('a program whose log cannot be opened is not started, says why, and starts when it can', async () => {
  sandbox.configure(echoing('web', sandbox.path('logs/web.log'), 'startretries=1'));
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  await waitForRpcState(client, 'web', 'RUNNING');
  remove();
  await client.call('supervisor.stopProcess', ['web']);
  const why = "unknown error making dispatchers for 'web': ENOENT";
  await expect(client.call('supervisor.startProcess', ['web'])).rejects.toThrow('SPAWN_ERROR');
  await waitForRpcState(client, 'web', 'FATAL');
  expect((await client.call('supervisor.getProcessInfo', ['web'])).spawnerr).toBe(why);
  expect(mainLog()).toContain(`INFO spawnerr: ${why}`);
  mkdirSync(sandbox.path('logs'));
  expect(await client.call('supervisor.startProcess', ['web'])).toBe(true);
  expect(await stateOf(client, 'web')).toBe('RUNNING');
  await endsWell(daemon, sandbox);
});

test('a log that cannot be rotated grows on, and loses nothing', async () => {
  sandbox.configure(
    echoing(
      'web',
      sandbox.path('logs/web.log'),
      'stdout_logfile_maxbytes=1000\nstdout_logfile_backups=2',
    ),
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  await waitForRpcState(client, 'web', 'RUNNING');
  const held = `/proc/${daemon.process.pid}/fd`;
  const fds = spawnSync('ls', ['-l', held], { encoding: 'utf8' }).stdout;
  const fd = /(\d+) -> \S*\/web\.log$/m.exec(fds)?.[1];
  remove();
  const text = `${'0123456789'.repeat(9)}\n`.repeat(30);
  await client.call('supervisor.sendProcessStdin', ['web', text]);
  await waitFor('all in the file', () => readFileSync(`${held}/${fd}`, 'utf8') === text);
  await waitFor('the complaint', () =>
    /cannot rotate log file .*it grows on: ENOENT/.test(mainLog()),
  );
  expect(await stateOf(client, 'web')).toBe('RUNNING');
  await endsWell(daemon, sandbox);
});

test.each([
  ['a folder', (path: string) => mkdirSync(path), 'EISDIR'],
  ['a link to itself', (path: string) => spawnSync('ln', ['-s', 'odd', path]), 'ELOOP'],
])(
  'where a log should be is %s: that program is not started, the others are',
  async (_, make, code) => {
    make(sandbox.path('odd'));
    sandbox.configure(
      [
        echoing('web', sandbox.path('odd'), 'startretries=0'),
        echoing('beside', sandbox.path('beside.log')),
      ].join('\n'),
    );
    const daemon = await sandbox.startDaemon();
    const client = await isUp(sandbox, daemon);
    await waitForRpcState(client, 'web', 'FATAL');
    await waitForRpcState(client, 'beside', 'RUNNING');
    expect(mainLog()).toContain(`spawnerr: unknown error making dispatchers for 'web': ${code}`);
    await endsWell(daemon, sandbox);
  },
);

test('a FIFO that nobody reads, and one whose reader has gone, hold up nobody', async () => {
  for (const name of ['unread', 'left']) spawnSync('mkfifo', [sandbox.path(name)]);
  const fast = "/bin/sh -c 'yes | head -c 3000000; exec sleep 1000'";
  sandbox.configure(
    [
      `[program:unread]\ncommand=${fast}\nstdout_logfile=${sandbox.path('unread')}\nstdout_logfile_maxbytes=0`,
      echoing('left', sandbox.path('left'), 'stdout_logfile_maxbytes=0'),
      echoing('beside', sandbox.path('beside.log')),
    ].join('\n'),
  );
  const reader = sandbox.run('/bin/cat', [sandbox.path('left')]);
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  const say = (name: string, text: string): Promise<boolean> =>
    client.call('supervisor.sendProcessStdin', [name, text]);
  await waitForRpcState(client, 'left', 'RUNNING');
  await say('left', 'one\n');
  await waitFor('the reader to have it', () => reader.stdout() === 'one\n');
  reader.process.kill('SIGKILL');
  await reader.ended();
  await say('left', 'two\n');
  await say('beside', 'one\n');
  await waitFor('the other log', () => sandbox.read('beside.log') === 'one\n');

  const again = sandbox.run('/bin/cat', [sandbox.path('left')]);
  await waitFor('another reader to have what follows', async () => {
    await say('left', 'three\n');
    return again.stdout().includes('three\n');
  });
  expect(await stateOf(client, 'left')).toBe('RUNNING');
  expect(['STARTING', 'RUNNING']).toContain(await stateOf(client, 'unread'));
  await endsWell(daemon, sandbox);
});

test('a log that is /dev/full fails each write, and costs no more than its bytes', async () => {
  sandbox.configure(
    [
      echoing('full', '/dev/full', 'stdout_logfile_maxbytes=0'),
      echoing('beside', sandbox.path('beside.log')),
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  await waitForRpcState(client, 'full', 'RUNNING');
  for (let n = 0; n < 20; n++)
    await client.call('supervisor.sendProcessStdin', ['full', 'x'.repeat(50_000)]);
  await client.call('supervisor.sendProcessStdin', ['beside', 'one\n']);
  await waitFor('the other log', () => sandbox.read('beside.log') === 'one\n');
  await waitFor('the complaint', () => mainLog().includes('to /dev/full: ENOSPC'));
  expect(count(mainLog(), 'ENOSPC')).toBe(1);
  expect(await stateOf(client, 'full')).toBe('RUNNING');
  await endsWell(daemon, sandbox);
});
