// Time that jumps, or passes without the daemon.
import { existsSync, readFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { faketime, withFaketime } from '../support/needs.ts';
import { Sandbox, waitFor } from '../support/sandbox.ts';
import { count, endsWell, isUp, startAfter, stateOf, waitForRpcState } from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const mainLog = (): string => sandbox.read('main.log');
const isThere = (name: string): boolean => existsSync(sandbox.path(name));
const isFrozen = (pid: number): boolean =>
  /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('a daemon that did not run for a while kills nobody who has stopped in time', async () => {
  sandbox.write(
    'slow',
    `#!/bin/sh\ntrap 'touch ${sandbox.path('asked')}; sleep 0.5; touch ${sandbox.path('over')}; exit 0' TERM\ntouch ${sandbox.path('ready')}\nwhile :; do sleep 0.1; done\n`,
    0o755,
  );
  sandbox.configure(`[program:slow]\ncommand=${sandbox.path('slow')}\nstartsecs=0\nstopwaitsecs=2`);
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  const pid = daemon.process.pid as number;
  await waitFor('it to be ready', () => isThere('ready'));
  await client.call('supervisor.stopProcess', ['slow', false]);
  await waitFor('it to be asked', () => isThere('asked'));
  process.kill(pid, 'SIGSTOP');
  await waitFor('the daemon to be frozen', () => isFrozen(pid));
  await waitFor('the program to be over', () => isThere('over'));
  await elapsed(2500);
  process.kill(pid, 'SIGCONT');
  await waitForRpcState(client, 'slow', 'STOPPED');
  expect(mainLog()).not.toContain('SIGKILL');
  expect(mainLog()).toContain('INFO stopped: slow (exit status 0)');
  await endsWell(daemon, sandbox);
});

test('a program that died too soon is not called a success, though the daemon hears of it late', async () => {
  sandbox.configure(
    [
      `[program:rash]\ncommand=/bin/sh -c 'touch ${sandbox.path('up')}; sleep 0.3; touch ${sandbox.path('over')}'`,
      'autostart=false\nstartsecs=1\nstartretries=0',
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  const pid = daemon.process.pid as number;
  await client.call('supervisor.startProcess', ['rash', false]);
  await waitFor('it to run', () => isThere('up'));
  process.kill(pid, 'SIGSTOP');
  await waitFor('the daemon to be frozen', () => isFrozen(pid));
  await waitFor('it to be over', () => isThere('over'));
  await elapsed(1200);
  process.kill(pid, 'SIGCONT');
  await waitFor('its end', () => mainLog().includes('exited: rash'));
  expect(mainLog()).not.toContain('success: rash');
  await endsWell(daemon, sandbox);
});

test('five seconds without the daemon lose no output, event or answer', async () => {
  sandbox.configure(
    [
      `[program:writer]\ncommand=/bin/sh -c 'seq 1000000; exec sleep 1000'\nautostart=false\nstartsecs=0`,
      `stdout_logfile=${sandbox.path('writer.log')}\nstdout_logfile_maxbytes=0`,
      '[program:dying]\ncommand=/bin/sleep 1000\nstartsecs=0\nautorestart=true',
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  const pid = daemon.process.pid as number;
  await waitForRpcState(client, 'dying', 'RUNNING');
  const { pid: victim } = await client.call('supervisor.getProcessInfo', ['dying']);
  await client.call('supervisor.startProcess', ['writer', false]);
  process.kill(pid, 'SIGSTOP');
  await waitFor('the daemon to be frozen', () => isFrozen(pid));
  process.kill(victim, 'SIGKILL');
  const late = client.call('supervisor.getState', []);
  await elapsed(5000);
  process.kill(pid, 'SIGCONT');
  expect((await late).statename).toBe('RUNNING');
  const whole = Array.from({ length: 1_000_000 }, (_, n) => `${n + 1}\n`).join('');
  await waitFor('all output', () => sandbox.read('writer.log').length === whole.length);
  expect(sandbox.read('writer.log') === whole).toBe(true);
  await waitForRpcState(client, 'dying', 'RUNNING');
  expect((await client.call('supervisor.getProcessInfo', ['dying'])).pid).not.toBe(victim);
  expect(count(mainLog(), 'exited: dying (terminated by SIGKILL; not expected)')).toBe(1);
  await endsWell(daemon, sandbox);
});

withFaketime(
  'a wall clock that steps by years changes no state, no wait and no uptime for the worse',
  async () => {
    sandbox.write('clock', '+0');
    sandbox.write('dying', `#!/bin/sh\necho $$ >>${sandbox.path('starts')}\nexit 1\n`, 0o755);
    sandbox.configure(
      [
        '[program:steady]\ncommand=/bin/sleep 1000\nstartsecs=1',
        `[program:dying]\ncommand=${sandbox.path('dying')}\nautostart=false\nstartsecs=1\nstartretries=1`,
        // It ends half a second after it was asked to, which is within stopwaitsecs by any good clock.
        `[program:slow]\ncommand=/bin/sh -c 'trap "sleep 0.5; exit 0" TERM; while :; do sleep 0.1; done'`,
        'startsecs=0\nstopwaitsecs=20',
      ].join('\n'),
    );
    // Durations are of the monotonic clock, which nobody can set.
    const clock = [
      `LD_PRELOAD=${faketime}`,
      'FAKETIME_DONT_FAKE_MONOTONIC=1',
      'FAKETIME_NO_CACHE=1',
      `FAKETIME_TIMESTAMP_FILE=${sandbox.path('clock')}`,
    ].join(' ');
    const daemon = startAfter(sandbox, `export ${clock}`);
    const client = await isUp(sandbox, daemon);
    const wallClock = async (): Promise<number> =>
      (await client.call('supervisor.getProcessInfo', ['steady'])).now;
    await waitForRpcState(client, 'steady', 'RUNNING');
    const { pid } = await client.call('supervisor.getProcessInfo', ['steady']);
    const real = Date.now() / 1000;

    for (const [step, years] of [
      ['+3y', 3],
      ['-10y', -10],
      ['+0', 0],
    ] as const) {
      sandbox.write('clock', step);
      await waitFor(
        'the step',
        async () => Math.abs((await wallClock()) - real - years * 31_536_000) < 1e6,
      );
      const info = await client.call('supervisor.getProcessInfo', ['steady']);
      expect(info).toMatchObject({ statename: 'RUNNING', pid });
      expect(info.description).toMatch(/^pid \d+, uptime 0:0\d:\d\d$/);

      // BACKOFF neither freezes nor is rushed.
      const starts = (): number => count(sandbox.read('starts'), '\n');
      sandbox.write('starts', '');
      const began = performance.now();
      await client.call('supervisor.startProcess', ['dying', false]);
      await waitFor('the second start', () => starts() === 2);
      expect(performance.now() - began).toBeGreaterThan(900);
      await waitForRpcState(client, 'dying', 'FATAL');

      expect(await stateOf(client, 'slow')).toBe('RUNNING');
      expect(await client.call('supervisor.stopProcess', ['slow'])).toBe(true);
      expect(await client.call('supervisor.startProcess', ['slow'])).toBe(true);
    }
    expect(mainLog()).not.toContain('SIGKILL');
    expect(count(mainLog(), 'INFO stopped: slow (exit status 0)')).toBe(3);
    expect(count(mainLog(), 'success: steady')).toBe(1);
    await endsWell(daemon, sandbox);
  },
  60_000,
);
