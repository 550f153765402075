// The kernel makes no more processes: EAGAIN at every spawn.
import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';

import { afterEach, beforeEach, expect } from '@jest/globals';

import { withOtherUsers } from '../support/needs.ts';
import { Sandbox, waitFor } from '../support/sandbox.ts';
import type { Running } from '../support/sandbox.ts';
import {
  count,
  descriptorsOf,
  endsWell,
  isUp,
  startAfter,
  waitForRpcState,
} from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/** Nobody else has it, so that all its processes are ours; root is not limited. */
const USER = 100_000 + process.pid;

const asUser = ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups'] as const;

/** By that user: in a container root may lack what it takes to do it to others. */
function limit(daemon: Running, processes: number): void {
  const [program, ...args] = [
    ...asUser,
    'prlimit',
    `--pid=${daemon.process.pid}`,
    `--nproc=${processes}:`,
  ];
  expect(spawnSync(program, args).status).toBe(0);
}

withOtherUsers(
  'a spawn for which there is no process left is tried again, and says why',
  async () => {
    chownSync(sandbox.folder, USER, USER);
    sandbox.configure(
      [
        '[program:steady]\ncommand=/bin/sleep 1000\nstartsecs=0',
        '[program:dying]\ncommand=/bin/sleep 1000\nstartsecs=0\nstartretries=100\nautorestart=true',
        '[program:given_up]\ncommand=/bin/sleep 1000\nautostart=false\nstartsecs=0\nstartretries=1',
      ].join('\n'),
    );
    const daemon = startAfter(sandbox, '', asUser);
    const client = await isUp(sandbox, daemon);
    for (const name of ['steady', 'dying']) await waitForRpcState(client, name, 'RUNNING');
    const before = descriptorsOf(daemon.process.pid as number);
    const pidOf = async (name: string): Promise<number> =>
      (await client.call('supervisor.getProcessInfo', [name])).pid;
    const steady = await pidOf('steady');
    const dying = await pidOf('dying');
    limit(daemon, 1);

    process.kill(dying, 'SIGKILL');
    const why = (name: string): string => `Too many processes in process table to spawn '${name}'`;
    await waitForRpcState(client, 'dying', 'BACKOFF');
    expect((await client.call('supervisor.getProcessInfo', ['dying'])).spawnerr).toBe(why('dying'));
    await expect(client.call('supervisor.startProcess', ['given_up'])).rejects.toThrow(
      'SPAWN_ERROR',
    );
    await waitForRpcState(client, 'given_up', 'FATAL');
    const log = (): string => sandbox.read('main.log');
    expect(count(log(), `INFO spawnerr: ${why('given_up')}`)).toBe(2);
    await waitFor('a second try', () => count(log(), `INFO spawnerr: ${why('dying')}`) >= 2);
    expect(await pidOf('steady')).toBe(steady);

    limit(daemon, 1000);
    await waitForRpcState(client, 'dying', 'RUNNING');
    expect(await client.call('supervisor.startProcess', ['given_up'])).toBe(true);
    await client.call('supervisor.stopProcess', ['given_up']);
    await waitFor(
      'descriptors as before',
      () => descriptorsOf(daemon.process.pid as number) <= before,
    );
    await endsWell(daemon, sandbox);
  },
);
