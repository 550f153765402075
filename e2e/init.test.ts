import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, tsvdProgram, waitFor } from './support/sandbox.ts';
import type { Running } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  mkdirSync(sandbox.path('init'));
});
afterEach(() => sandbox.close());

const script = (name: string, ...lines: readonly string[]): string =>
  sandbox.write(`init/${name}`, ['#!/bin/sh', ...lines, ''].join('\n'), 0o755);

function start(supervisord = ''): Running {
  sandbox.configure(
    '[program:web]\ncommand=/bin/sleep 1000',
    `init_dir=${sandbox.path('init')}\n${supervisord}`,
  );
  return sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('supervisord.conf')]);
}

test('what is in init_dir runs in the order of names, before any program starts', async () => {
  script('20-second', `cat ${sandbox.path('made')}`);
  script('10-first', `echo one >${sandbox.path('made')}`, 'echo to the log');
  sandbox.write('init/README', 'not a program');
  const daemon = start();
  await waitFor('web to be spawned', () => daemon.stdout().includes("spawned: 'web'"));
  const lines = daemon
    .stdout()
    .split('\n')
    .map((line) => line.split(' ').slice(2).join(' '))
    .filter((line) => /init script|spawned/.test(line));
  expect(lines).toEqual([
    'INFO init script 10-first runs',
    'INFO init script 10-first: to the log',
    'INFO init script 20-second runs',
    'INFO init script 20-second: one',
    expect.stringMatching(/^INFO spawned: 'web' with pid \d+$/),
  ]);
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});

test('without any server too, the programs are started after them, and it stays when these have ended', async () => {
  script('10-first', 'sleep 0.2');
  script('20-second', 'sleep 0.2');
  sandbox.write(
    'bare.conf',
    [
      '[supervisord]',
      `logfile=${sandbox.path('main.log')}`,
      `pidfile=${sandbox.path('d.pid')}`,
      `init_dir=${sandbox.path('init')}`,
      '[program:later]',
      'command=/bin/true',
      'autostart=false',
    ].join('\n'),
  );
  const daemon = sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('bare.conf')]);
  await waitFor('the second script', () => daemon.stdout().includes('20-second runs'));
  let hasEnded = false;
  void daemon.ended().then(() => (hasEnded = true));
  await sleep(1000);
  expect(hasEnded).toBe(false);
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
  expect(daemon.stdout()).toContain('received SIGTERM');
});

test('one that fails ends the start, with its name and status', async () => {
  script('10-fails', 'echo what is wrong >&2', 'exit 3');
  script('20-never', `touch ${sandbox.path('never')}`);
  const { status, stdout } = await start().ended();
  expect(status).toBe(1);
  expect(stdout).toMatch(/INFO init script 10-fails: what is wrong/);
  expect(stdout).toMatch(
    /CRIT init script \S+10-fails failed \(exit status 3\), nothing is started/,
  );
  expect(stdout).not.toContain('spawned');
  expect(sandbox.read('s.sock') + sandbox.read('d.pid')).toBe('');
});

test('one that cannot be run says why', async () => {
  sandbox.write('init/10-text', 'no interpreter', 0o755);
  const { status, stdout } = await start().ended();
  expect(status).toBe(1);
  expect(stdout).toMatch(/CRIT init script \S+10-text could not be run: .*ENOEXEC/);
});

test('one that takes longer than init_timeout is ended, with all that it has started', async () => {
  script('10-hangs', 'sleep 1000');
  const { status, stdout } = await start('init_timeout=1').ended();
  expect(status).toBe(1);
  expect(stdout).toMatch(/CRIT init script \S+10-hangs did not end within 1 seconds/);
});

test('TERM while it runs ends everything', async () => {
  script('10-hangs', 'echo up', 'sleep 1000');
  script('20-never', `touch ${sandbox.path('never')}`);
  const daemon = start();
  await waitFor('the script', () => daemon.stdout().includes('10-hangs: up'));
  daemon.process.kill('SIGTERM');
  const { status, stdout } = await daemon.ended();
  expect(status).toBe(0);
  expect(stdout).not.toMatch(/spawned|20-never|CRIT init/);
});

test('signals are passed on to the programs that forward_signals names', async () => {
  sandbox.configure(
    [
      '[program:web]',
      'command=/bin/sh -c \'trap "echo got USR1" USR1; trap "echo got WINCH" WINCH; echo up; while :; do sleep 0.1; done\'',
      'stdout_logfile=stdout',
    ].join('\n'),
    'forward_signals=USR1:web,WINCH:web',
  );
  const daemon = sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('supervisord.conf')]);
  await waitFor('the program', () => /^up$/m.test(daemon.stdout()));
  daemon.process.kill('SIGUSR1');
  await waitFor('the first signal', () => /^got USR1$/m.test(daemon.stdout()));
  daemon.process.kill('SIGWINCH');
  await waitFor('the second', () => /^got WINCH$/m.test(daemon.stdout()));
  expect(daemon.stdout()).toMatch(/INFO received SIGUSR1, passed on to web:web/);
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});
