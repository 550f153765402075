import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, fromRoot, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/** Writes down the header of each event, a bar, and its payload. */
const listener = (events: string): string =>
  [
    '[eventlistener:l]',
    `command=/bin/sh "${fromRoot('e2e/fixtures/listeners/loop.sh')}" ${sandbox.path('seen')}`,
    `events=${events}`,
    'buffer_size=100',
    'startsecs=0',
  ].join('\n');

const sleeper = (name: string, ...lines: readonly string[]): string =>
  [`[program:${name}]`, 'command=/bin/sleep 1000', 'startsecs=0', ...lines].join('\n');

/** Of each event that was heard, by the names in its header and payload. */
const heard = (...names: readonly string[]): string[] =>
  sandbox
    .read('seen')
    .trim()
    .split('\n')
    .map((line) =>
      names.map((name) => new RegExp(`\\b${name}:(\\w+)`).exec(line)?.[1] ?? '').join(' '),
    );

test('over a reload the serial goes on, and that of the pool begins anew', async () => {
  sandbox.configure(listener('SUPERVISOR_STATE_CHANGE'));
  const daemon = await sandbox.startDaemon();
  await waitFor('the start', () => heard('serial').length === 1);
  expect((await sandbox.ctl('reload')).status).toBe(0);
  await waitFor('the new start', () => heard('serial').length === 3);
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
  expect(heard('serial', 'poolserial', 'eventname')).toEqual([
    '0 0 SUPERVISOR_STATE_CHANGE_RUNNING',
    '1 1 SUPERVISOR_STATE_CHANGE_STOPPING',
    '2 0 SUPERVISOR_STATE_CHANGE_RUNNING',
    '3 1 SUPERVISOR_STATE_CHANGE_STOPPING',
  ]);
});

test('an event that several of the names cover comes once', async () => {
  sandbox.configure(
    [listener('process_state_exited, PROCESS_STATE,PROCESS_STATE_EXITED'), sleeper('web')].join(
      '\n',
    ),
  );
  await sandbox.startDaemon();
  await sandbox.waitForState('web', 'RUNNING');
  await sandbox.ctl('signal', 'KILL', 'web');
  await waitFor('its restart', () => heard('processname', 'from_state').includes('web EXITED'));
  const states = heard('processname', 'eventname').filter((text) => text.startsWith('web '));
  expect(states.slice(0, 4)).toEqual([
    'web PROCESS_STATE_STARTING',
    'web PROCESS_STATE_RUNNING',
    'web PROCESS_STATE_EXITED',
    'web PROCESS_STATE_STARTING',
  ]);
});

test('a listener hears of all that stops before it', async () => {
  const names = ['a', 'b', 'c', 'd'];
  sandbox.configure([...names.map((name) => sleeper(name)), listener('PROCESS_STATE')].join('\n'));
  const daemon = await sandbox.startDaemon();
  await sandbox.waitForState('d', 'RUNNING');
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
  const states = heard('eventname', 'processname');
  expect(states.filter((text) => text.startsWith('PROCESS_STATE_STOPPED ')).toSorted()).toEqual(
    names.map((name) => `PROCESS_STATE_STOPPED ${name}`),
  );
});

const wakeUps = (pid: number): number =>
  Number(
    /^voluntary_ctxt_switches:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
  );

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('the daemon does not wake up for ticks that nobody listens to', async () => {
  sandbox.configure([listener('PROCESS_STATE,REMOTE_COMMUNICATION'), sleeper('web')].join('\n'));
  const daemon = await sandbox.startDaemon();
  await sandbox.waitForState('web', 'RUNNING');
  const pid = daemon.process.pid ?? 0;
  // node gives memory back some seconds after its start; from then on a TICK_5 would show.
  await waitFor(
    'six seconds without a wake-up',
    async () => {
      const before = wakeUps(pid);
      await pause(6000);
      return wakeUps(pid) === before;
    },
    45_000,
  );
  expect(heard('eventname')).not.toContain('TICK_5');
}, 60_000);
