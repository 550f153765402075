// A daemon whose surroundings are made to fail, and what is seen of it from outside.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

import { expect } from '@jest/globals';

import type { Client } from '../../../packages/rpc/src/index.ts';
import { clientOf } from '../../support/rpc.ts';
import { tsvdProgram, waitFor } from '../../support/sandbox.ts';
import type { Running, Sandbox } from '../../support/sandbox.ts';

/** Starts tsvd, as the same process, when a shell has done this. */
export function startAfter(
  sandbox: Sandbox,
  script: string,
  wrapper: readonly string[] = [],
): Running {
  const tsvd = [tsvdProgram, '-n', '-c', sandbox.path('supervisord.conf')];
  const [program = '', ...args] = [
    ...wrapper,
    '/bin/sh',
    '-c',
    `set -e; ${script}\nexec "$@"`,
    'sh',
    ...tsvd,
  ];
  return sandbox.run(program, args);
}

/** The same in a mount namespace of its own: what is mounted there ends with it. */
export const startWithMounts = (sandbox: Sandbox, script: string): Running =>
  startAfter(sandbox, script, ['unshare', '--mount', '--propagation', 'private']);

/** A path as that process sees it. */
export const seenBy = (daemon: Running, path: string): string =>
  `/proc/${daemon.process.pid}/root${path}`;

/** Waits until its socket answers. */
export async function isUp(sandbox: Sandbox, daemon: Running): Promise<Client> {
  const client = clientOf(sandbox);
  let last: unknown;
  const isRunning = async (): Promise<boolean> => {
    try {
      const { statename } = await client.call('supervisor.getState', []);
      return (last = statename) === 'RUNNING';
    } catch (error) {
      last = error;
      return false;
    }
  };
  await waitFor('tsvd to answer', isRunning).catch(() => {
    throw new Error(`tsvd does not answer: ${String(last)}; ${daemon.stderr()}${daemon.stdout()}`);
  });
  return client;
}

export const stateOf = async (client: Client, name: string): Promise<string> =>
  (await client.call('supervisor.getProcessInfo', [name])).statename;

/** Waits until a process has this state, as RPC tells it. */
export async function waitForRpcState(
  client: Client,
  name: string,
  state: string,
  withinMs?: number,
): Promise<void> {
  let last = '';
  await waitFor(
    `${name} to be ${state}`,
    async () => (last = await stateOf(client, name)) === state,
    withinMs,
  ).catch(() => {
    throw new Error(`${name} is ${last}, and not ${state}`);
  });
}

export const descriptorsOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** Private, dirty memory in MiB. */
export const dirtyMiB = (pid: number): number =>
  Number(/^Private_Dirty:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) /
  1024;

/** How often a text occurs in another. */
export const count = (text: string, part: string): number => text.split(part).length - 1;

/** Stops the daemon, which must end well, and leave nothing of itself. */
export async function endsWell(daemon: Running, sandbox?: Sandbox): Promise<void> {
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
  if (sandbox === undefined) return;
  expect(existsSync(sandbox.path('s.sock'))).toBe(false);
  expect(existsSync(sandbox.path('d.pid'))).toBe(false);
}
