// A daemon that has no descriptor left.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { afterEach, beforeEach, expect } from '@jest/globals';

import type { Client } from '../../packages/rpc/src/index.ts';
import { withPrlimit } from '../support/needs.ts';
import { Sandbox, waitFor } from '../support/sandbox.ts';
import type { Running } from '../support/sandbox.ts';
import {
  count,
  descriptorsOf,
  endsWell,
  isUp,
  stateOf,
  waitForRpcState,
} from './support/daemon.ts';

let sandbox: Sandbox;
const sockets: Socket[] = [];
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await sandbox.close();
});

const mainLog = (): string => sandbox.read('main.log');

function limit(daemon: Running, soft: number): void {
  const args = [`--pid=${daemon.process.pid}`, `--nofile=${soft}:`];
  expect(spawnSync('prlimit', args).status).toBe(0);
}

/** So low that nothing more can be opened. */
function shut(daemon: Running): void {
  const open = readdirSync(`/proc/${daemon.process.pid}/fd`).map(Number);
  // Gaps between those that are open would still be filled.
  let free = 0;
  while (open.includes(free)) free++;
  limit(daemon, free);
}

const isReady = (daemon: Running, descriptors: number): Promise<boolean> =>
  waitFor(
    'descriptors to be given back',
    () => descriptorsOf(daemon.process.pid as number) <= descriptors,
  );

async function start(): Promise<{ daemon: Running; client: Client }> {
  sandbox.configure(
    [
      `[program:steady]\ncommand=/bin/cat\nstartsecs=0\nstdout_logfile=${sandbox.path('steady.log')}`,
      '[program:later]\ncommand=/bin/sleep 1000\nautostart=false\nstartsecs=0\nstartretries=2',
      '[program:dying]\ncommand=/bin/sleep 1000\nstartsecs=0\nstartretries=100\nautorestart=true',
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  for (const name of ['steady', 'dying']) await waitForRpcState(client, name, 'RUNNING');
  return { daemon, client };
}

withPrlimit(
  'without a descriptor left, programs run on, connections that stand are served, and starts fail by name',
  async () => {
    const { daemon, client } = await start();
    const before = descriptorsOf(daemon.process.pid as number);
    const { pid } = await client.call('supervisor.getProcessInfo', ['dying']);
    shut(daemon);

    const why = (name: string): string => `too many open files to spawn '${name}'`;
    await expect(client.call('supervisor.startProcess', ['later'])).rejects.toThrow('SPAWN_ERROR');
    expect((await client.call('supervisor.getProcessInfo', ['later'])).spawnerr).toBe(why('later'));
    await client.call('supervisor.sendProcessStdin', ['steady', 'one\n']);
    await waitFor('the log', () => sandbox.read('steady.log') === 'one\n');
    await waitForRpcState(client, 'later', 'FATAL');
    expect(count(mainLog(), `INFO spawnerr: ${why('later')}`)).toBe(3);

    limit(daemon, 1000);
    expect(await client.call('supervisor.startProcess', ['later'])).toBe(true);
    expect((await client.call('supervisor.getProcessInfo', ['dying'])).pid).toBe(pid);
    await client.call('supervisor.stopProcess', ['later']);
    await isReady(daemon, before);
    await endsWell(daemon, sandbox);
  },
);

withPrlimit(
  'a program that dies while there is no descriptor is back when there is one',
  async () => {
    const { daemon, client } = await start();
    const before = descriptorsOf(daemon.process.pid as number);
    const { pid } = await client.call('supervisor.getProcessInfo', ['dying']);
    // The floor between two starts of one process is a second.
    shut(daemon);
    limit(daemon, 5);
    process.kill(pid, 'SIGKILL');
    await waitForRpcState(client, 'dying', 'BACKOFF');
    expect(mainLog()).toContain("INFO spawnerr: too many open files to spawn 'dying'");
    limit(daemon, 1000);
    await waitForRpcState(client, 'dying', 'RUNNING');
    expect((await client.call('supervisor.getProcessInfo', ['dying'])).pid).not.toBe(pid);
    await isReady(daemon, before);
    await endsWell(daemon, sandbox);
  },
);

withPrlimit(
  'clients that come while there is no descriptor are served later or turned away, and never cost CPU',
  async () => {
    const { daemon, client } = await start();
    const pid = daemon.process.pid as number;
    const before = descriptorsOf(pid);
    shut(daemon);
    const crowd = Array.from({ length: 50 }, () => connect(sandbox.path('s.sock')));
    sockets.push(...crowd);
    for (const socket of crowd) socket.on('error', () => undefined);
    const used = cpuTicks(pid);
    // Nothing is to happen: there is nothing to wait for.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(cpuTicks(pid) - used).toBeLessThan(50);
    expect(await stateOf(client, 'steady')).toBe('RUNNING');
    limit(daemon, 1000);
    const newcomer = await isUp(sandbox, daemon);
    expect(await stateOf(newcomer, 'steady')).toBe('RUNNING');
    for (const socket of crowd) socket.destroy();
    await isReady(daemon, before + 1);
    await endsWell(daemon, sandbox);
  },
);

withPrlimit('logs are read, reopened and rotated again once there are descriptors', async () => {
  const { daemon, client } = await start();
  await client.call('supervisor.sendProcessStdin', ['steady', 'one\n']);
  await waitFor('the log', () => sandbox.read('steady.log') === 'one\n');
  shut(daemon);
  await expect(client.call('supervisor.readProcessStdoutLog', ['steady', 0, 0])).rejects.toThrow(
    /FAILED|NO_FILE/,
  );
  daemon.process.kill('SIGUSR2');
  await waitFor('the complaint', () =>
    /cannot reopen log file .*steady\.log: EMFILE/.test(mainLog()),
  );
  await client.call('supervisor.sendProcessStdin', ['steady', 'two\n']);
  await waitFor('the log', () => sandbox.read('steady.log') === 'one\ntwo\n');
  limit(daemon, 1000);
  expect(await client.call('supervisor.readProcessStdoutLog', ['steady', 0, 0])).toBe('one\ntwo\n');
  await client.call('supervisor.sendProcessStdin', ['steady', 'three\n']);
  await waitFor('the log', () => sandbox.read('steady.log') === 'one\ntwo\nthree\n');
  await endsWell(daemon, sandbox);
});

/** User and system time, in hundredths of a second. */
function cpuTicks(pid: number): number {
  const { stdout } = spawnSync('cat', [`/proc/${pid}/stat`], { encoding: 'utf8' });
  const fields = stdout.slice(stdout.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
