import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, descendants, tsvdProgram, waitFor } from './support/sandbox.ts';

const asRoot = process.getuid?.() === 0 ? test : test.skip;

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/** A service that forks a daemon into a session of its own, which finishes its work on TERM. */
function forkingService(): string {
  sandbox.write(
    'daemon',
    [
      '#!/bin/sh',
      `trap 'echo finished >${sandbox.path('work')}; exit' TERM`,
      `echo up >${sandbox.path('up')}`,
      'while :; do sleep 0.1; done',
    ].join('\n'),
    0o755,
  );
  return sandbox.write(
    'service',
    ['#!/bin/sh', `setsid ${sandbox.path('daemon')} &`, 'exec sleep 1000'].join('\n'),
    0o755,
  );
}

test('sweep=true asks what a service has forked to end, before tsvd does', async () => {
  sandbox.configure(`[program:forks]\ncommand=${forkingService()}`, 'sweep=true');
  const daemon = await sandbox.startDaemon();
  await waitFor('the forked daemon', () => sandbox.read('up') !== '');
  daemon.process.kill('SIGTERM');
  const { status, stdout } = await daemon.ended();
  expect(status).toBe(0);
  expect(sandbox.read('work')).toBe('finished\n');
  expect(stdout).toMatch(/INFO sweeping: TERM to daemon \(\d+\)/);
});

asRoot('as pid 1 it does so without being told', async () => {
  const config = sandbox.configure(`[program:forks]\ncommand=${forkingService()}`);
  const namespace = ['--pid', '--fork', '--kill-child', '--mount-proc'];
  const daemon = sandbox.run('unshare', [...namespace, tsvdProgram, '-n', '-c', config]);
  await waitFor('the forked daemon', () => sandbox.read('up') !== '');
  const [pid] = descendants(daemon.process.pid as number);
  process.kill(pid as number, 'SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
  expect(sandbox.read('work')).toBe('finished\n');
});

test('what does not end is killed after sweep_timeout', async () => {
  const deaf = sandbox.write(
    'deaf',
    ['#!/bin/sh', "trap '' TERM", `echo up >${sandbox.path('up')}`, 'exec sleep 1000'].join('\n'),
    0o755,
  );
  sandbox.configure(
    `[program:forks]\ncommand=/bin/sh -c 'setsid ${deaf} & exec sleep 1000'`,
    'sweep=true\nsweep_timeout=1',
  );
  const daemon = await sandbox.startDaemon();
  await waitFor('the forked process', () => sandbox.read('up') !== '');
  const pids = descendants(daemon.process.pid as number);
  daemon.process.kill('SIGTERM');
  const { status, stdout } = await daemon.ended();
  expect(status).toBe(0);
  expect(stdout).toMatch(/WARN sweep_timeout of 1 seconds is over, killing sleep \(\d+\)/);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('ends with the status that its configuration asks for', async () => {
  sandbox.configure(
    [
      '[program:web]',
      'command=/bin/sleep 1000',
      '[program:job]',
      "command=/bin/sh -c 'exit 3'",
      'startsecs=0',
      'autorestart=false',
      'on_exit=shutdown',
    ].join('\n'),
    'exit_code_from=job',
  );
  const daemon = sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('supervisord.conf')]);
  const { status, stdout } = await daemon.ended();
  expect(status).toBe(3);
  expect(stdout).toMatch(/WARN shutting down: job exited \(on_exit=shutdown\)/);
  expect(stdout).toMatch(/WARN stopped: web \(terminated by SIGTERM\)/);
});

test('shutdown_timeout bounds the stop of everything', async () => {
  sandbox.configure(
    [
      '[program:deaf]',
      `command=/bin/sh -c 'trap "" TERM; echo up >${sandbox.path('up')}; while :; do sleep 1; done'`,
      'stopwaitsecs=600',
    ].join('\n'),
    'shutdown_timeout=1',
  );
  const daemon = await sandbox.startDaemon();
  await waitFor('the program', () => sandbox.read('up') !== '');
  daemon.process.kill('SIGTERM');
  const { status, stdout } = await daemon.ended();
  expect(status).toBe(0);
  expect(stdout).toMatch(/WARN shutdown_timeout of 1 seconds is over, killing deaf/);
});
