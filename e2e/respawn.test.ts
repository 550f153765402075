import { readFileSync, readdirSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const PROGRAMS = 100;
const KILLS = 1000;
/** What the heap may grow by between two collections; 1,000 leaked pipes or logs would be more. */
const SLACK_KIB = 16 * 1024;

const openFds = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

function anonymousKib(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Private_Dirty:\s+(\d+)/m.exec(rollup)?.[1]);
}

function pidsOf(log: string): number[] {
  return [...log.matchAll(/spawned: 'victim_\d+' with pid (\d+)/g)].map((match) =>
    Number(match[1]),
  );
}

test('respawns each of 1,000 killed children, and leaks neither descriptors nor memory', async () => {
  sandbox.configure(
    [
      '[program:victim]',
      'command=/bin/sleep 1000',
      'process_name=%(program_name)s_%(process_num)d',
      `numprocs=${PROGRAMS}`,
      'startsecs=0',
      'autorestart=true',
    ].join('\n'),
    'logfile_maxbytes=0',
  );
  const daemon = await sandbox.startDaemon();
  const pid = Number(sandbox.read('d.pid'));
  const spawned = (): number[] => pidsOf(sandbox.read('main.log'));

  await waitFor('all to run', () => spawned().length === PROGRAMS);
  const killAll = async (): Promise<void> => {
    const before = spawned();
    for (const victim of before.slice(-PROGRAMS)) process.kill(victim, 'SIGKILL');
    await waitFor('all to be respawned', () => spawned().length === before.length + PROGRAMS);
  };
  const killInTurn = async (): Promise<void> => {
    for (let kills = 0; kills < KILLS; kills += PROGRAMS) await killAll();
  };
  // The heap finds its size first.
  await killInTurn();
  const fds = openFds(pid);
  const memory = anonymousKib(pid);
  await killInTurn();

  const log = sandbox.read('main.log');
  expect(log.match(/exited: victim_\d+ \(terminated by SIGKILL; not expected\)/g)).toHaveLength(
    2 * KILLS,
  );
  await waitFor('the pipes of the dead to be closed', () => openFds(pid) <= fds);
  expect(anonymousKib(pid) - memory).toBeLessThan(SLACK_KIB);
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
}, 120_000);
