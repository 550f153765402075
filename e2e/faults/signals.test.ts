// Signals that come in crowds, or at the wrong moment.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, descendants, tsvdProgram, waitFor } from '../support/sandbox.ts';
import {
  count,
  descriptorsOf,
  dirtyMiB,
  endsWell,
  isUp,
  waitForRpcState,
} from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const mainLog = (): string => sandbox.read('main.log');

/**
 * A program that tells if it runs twice, and says its last words 50 ms after a TERM. A child that has just been forked
 * still has the trap, and would lose a TERM: so its child gets KILL.
 */
function single(): string {
  return sandbox.write(
    'single',
    [
      '#!/bin/sh',
      `cd ${sandbox.folder}`,
      `trap 'kill -KILL $! 2>/dev/null; sleep 0.05; rmdir "lock-$1"; exit 0' TERM`,
      'mkdir "lock-$1" || echo "$1" >>twice',
      'sleep 1000 & wait',
    ].join('\n'),
    0o755,
  );
}

const PROGRAMS = 8;
const names = Array.from({ length: PROGRAMS }, (_, n) => `web_${n}`);

const singles = (more = ''): string =>
  [
    '[program:web]',
    'process_name=web_%(process_num)d',
    `numprocs=${PROGRAMS}`,
    `command=${single()} %(process_num)d`,
    'startsecs=0',
    more,
  ].join('\n');

const locks = (): string[] =>
  readdirSync(sandbox.folder).filter((name) => name.startsWith('lock-'));

test('100 TERMs at once are one: programs have their time, and it ends with 0', async () => {
  sandbox.configure(singles());
  const daemon = await sandbox.startDaemon();
  await waitFor('all programs', () => locks().length === PROGRAMS);
  for (let n = 0; n < 100; n++) daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
  expect(mainLog().match(/INFO stopped: web_\d \(exit status 0\)/g)).toHaveLength(PROGRAMS);
  expect(mainLog()).not.toContain('SIGKILL');
  expect(locks()).toEqual([]);
  expect(existsSync(sandbox.path('s.sock'))).toBe(false);
});

test('TERM, INT, QUIT, HUP and USR2 in any order end it with 0, once', async () => {
  const signals = ['SIGHUP', 'SIGUSR2', 'SIGTERM', 'SIGQUIT', 'SIGINT', 'SIGCHLD'] as const;
  for (let round = 0; round < signals.length; round++) {
    sandbox.configure(singles());
    const daemon = sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('supervisord.conf')]);
    await waitFor('all programs', () => locks().length === PROGRAMS);
    for (let n = 0; n < 60; n++) {
      daemon.process.kill(signals[(n + round) % signals.length]);
      if (n % 6 === 0) await new Promise(setImmediate);
    }
    const { status, stderr, stdout } = await daemon.ended();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toContain('Traceback');
    expect(count(stdout, 'supervisord started with pid')).toBe(1);
    expect(locks()).toEqual([]);
  }
  expect(sandbox.read('twice')).toBe('');
}, 60_000);

test('a TERM at any moment of a start ends it, and leaves no program behind', async () => {
  sandbox.configure(singles());
  for (let ms = 0; ms < 400; ms += 20) {
    const daemon = sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('supervisord.conf')]);
    const pid = daemon.process.pid as number;
    await new Promise((resolve) => setTimeout(resolve, ms));
    const children = descendants(pid);
    daemon.process.kill('SIGTERM');
    const { status, stderr, stdout } = await daemon.ended();
    // Before it is a program of ours that runs, the signal itself ends it.
    const isOurs = status !== null;
    expect({ isOurs, status, stderr, says: stdout !== '' }).toEqual({
      isOurs,
      status: isOurs ? 0 : null,
      stderr: '',
      says: isOurs,
    });
    await waitFor('its programs to be gone', () => !children.some(isAlive));
  }
  // Those that were asked before their trap stood have left their locks, and no more.
  expect(existsSync(sandbox.path('s.sock'))).toBe(false);
  expect(existsSync(sandbox.path('d.pid'))).toBe(false);
}, 60_000);

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false; // ENOENT
  }
}

test('300 HUPs in three seconds end in one instance of each program', async () => {
  sandbox.configure(singles(), 'logfile_maxbytes=0');
  const daemon = await sandbox.startDaemon();
  const pid = daemon.process.pid as number;
  await waitFor('all programs', () => locks().length === PROGRAMS);
  const storm = async (hups: number): Promise<void> => {
    for (let n = 0; n < hups; n++) {
      daemon.process.kill('SIGHUP');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await waitFor('the last start to be over', async () => {
      const client = await isUp(sandbox, daemon);
      const all = await client.call('supervisor.getAllProcessInfo', []).catch(() => []);
      // Its connection is a descriptor of the daemon's.
      client.close();
      return all.length === PROGRAMS && all.every(({ statename }) => statename === 'RUNNING');
    });
  };
  await storm(50);
  const [before, memory] = [descriptorsOf(pid), dirtyMiB(pid)];
  await storm(300);

  const client = await isUp(sandbox, daemon);
  for (const name of names) await waitForRpcState(client, `web:${name}`, 'RUNNING');
  expect(sandbox.read('twice')).toBe('');
  await waitFor('each to have its lock', () => locks().length === PROGRAMS);
  const running = descendants(pid).filter((one) => isAlive(one) && isSingle(one));
  expect(running).toHaveLength(PROGRAMS);
  await waitFor('descriptors as before', () => descriptorsOf(pid) <= before + 1);
  expect(dirtyMiB(pid) - memory).toBeLessThan(16);
  const starts = count(mainLog(), 'supervisord started with pid');
  expect(starts).toBeGreaterThan(5);
  // One that is asked to restart before its first program starts none.
  for (const name of names) {
    const spawned = count(mainLog(), `spawned: '${name}'`);
    expect(spawned).toBeLessThanOrEqual(starts);
    expect(count(mainLog(), `stopped: ${name} `)).toBe(spawned - 1);
  }
  expect(daemon.stderr()).toBe('');
  await endsWell(daemon, sandbox);
  expect(locks()).toEqual([]);
}, 60_000);

function isSingle(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(sandbox.path('single'));
  } catch {
    return false; // ENOENT
  }
}
