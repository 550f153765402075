import { existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { clientOf } from '../support/rpc.ts';
import { Sandbox, tsvdProgram, waitFor } from '../support/sandbox.ts';
import type { Running } from '../support/sandbox.ts';
import { count, descriptorsOf, endsWell, isUp } from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const socket = (): string => sandbox.path('s.sock');
const mainLog = (): string => sandbox.read('main.log');

async function start(): Promise<Running> {
  sandbox.configure('[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0');
  const daemon = await sandbox.startDaemon();
  await waitFor('the program', () => mainLog().includes('success: web'));
  return daemon;
}

test('a socket file that somebody removes is made anew, and who is connected stays so', async () => {
  const daemon = await start();
  const pid = daemon.process.pid as number;
  const old = await isUp(sandbox, daemon);
  const { mode } = lstatSync(socket());
  const before = descriptorsOf(pid);
  for (let round = 1; round <= 3; round++) {
    rmSync(socket());
    await waitFor('the file', () => existsSync(socket()));
    expect(lstatSync(socket()).mode).toBe(mode);
    await waitFor(
      'the word of it',
      () => count(mainLog(), `WARN socket ${socket()} was removed, and is made anew`) === round,
    );
    expect((await old.call('supervisor.getState', [])).statename).toBe('RUNNING');
    const newcomer = clientOf(sandbox);
    expect((await newcomer.call('supervisor.getState', [])).statename).toBe('RUNNING');
    newcomer.close();
  }
  await waitFor('descriptors as before', () => descriptorsOf(pid) <= before);
  await endsWell(daemon, sandbox);
});

test('so is one that is moved away, and the programs of a second start are refused as before', async () => {
  const daemon = await start();
  renameSync(socket(), sandbox.path('elsewhere'));
  await waitFor('the file', () => existsSync(socket()));
  const second = sandbox.run(tsvdProgram, [
    '-n',
    '-c',
    sandbox.path('supervisord.conf'),
    '-l',
    sandbox.path('second.log'),
  ]);
  const { status, stderr } = await second.ended();
  expect(status).toBe(2);
  expect(stderr).toContain('Error: Another program is already listening');
  expect(sandbox.read('second.log')).not.toContain('spawned');
  expect(sandbox.read('d.pid')).toBe(`${daemon.process.pid}\n`);
  await endsWell(daemon, sandbox);
});

test('while its folder is gone it says so once, and has it back with the folder', async () => {
  mkdirSync(sandbox.path('run'));
  sandbox.configure('[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0');
  const moved = sandbox.read('supervisord.conf').replaceAll(socket(), sandbox.path('run/s.sock'));
  sandbox.write('supervisord.conf', moved);
  const daemon = await sandbox.startDaemon();
  await waitFor('the program', () => mainLog().includes('success: web'));
  rmSync(sandbox.path('run'), { recursive: true });
  await waitFor('the complaint', () =>
    /ERRO socket .*run\/s\.sock was removed, and cannot be made anew: .*ENOENT/.test(mainLog()),
  );
  expect((await sandbox.ctl('status')).status).not.toBe(0);
  mkdirSync(sandbox.path('run'));
  await waitFor('the file', () => existsSync(sandbox.path('run/s.sock')));
  expect((await sandbox.ctl('status')).stdout).toMatch(/^web +RUNNING/);
  expect(count(mainLog(), 'cannot be made anew')).toBe(1);
  await endsWell(daemon);
  expect(existsSync(sandbox.path('run/s.sock'))).toBe(false);
});

test('what somebody else has put in its place is left alone, and is theirs at the end', async () => {
  const daemon = await start();
  const other = createServer();
  await new Promise<void>((resolve) => void other.listen(sandbox.path('other'), resolve));
  try {
    renameSync(sandbox.path('other'), socket());
    const { ino } = lstatSync(socket());
    await waitFor('the word of it', () =>
      mainLog().includes(`WARN socket ${socket()} is somebody else's now`),
    );
    daemon.process.kill('SIGTERM');
    expect((await daemon.ended()).status).toBe(0);
    expect(lstatSync(socket()).ino).toBe(ino);
  } finally {
    other.close();
  }
});

test('once it is gone again, ours is made anew', async () => {
  const daemon = await start();
  for (let round = 1; round <= 2; round++) {
    mkdirSync(sandbox.path('other'));
    rmSync(socket());
    renameSync(sandbox.path('other'), socket());
    await waitFor(
      'the word of it',
      () => count(mainLog(), `WARN socket ${socket()} is somebody else's now`) === round,
    );
    rmSync(socket(), { recursive: true });
    await waitFor(
      'the file',
      () => count(mainLog(), `WARN socket ${socket()} was removed, and is made anew`) === round,
    );
    await isUp(sandbox, daemon);
  }
  await endsWell(daemon, sandbox);
});

test('after HUP the file is there in any case', async () => {
  const daemon = await start();
  rmSync(socket());
  daemon.process.kill('SIGHUP');
  await waitFor('the restart', () => count(mainLog(), 'supervisord started with pid') === 2);
  await isUp(sandbox, daemon);
  await endsWell(daemon, sandbox);
});
