import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, descendants, tsvdProgram, waitFor } from './support/sandbox.ts';
import type { Running } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const log = (): string => sandbox.read('main.log');
const count = (text: string): number => log().split(text).length - 1;

async function startWithProgram(): Promise<Running> {
  sandbox.configure('[program:a]\ncommand=/bin/sleep 1000');
  const daemon = await sandbox.startDaemon();
  await waitFor('the program to be spawned', () => count('spawned: ') === 1);
  return daemon;
}

test.each(['SIGTERM', 'SIGINT', 'SIGQUIT'] as const)(
  '%s stops the programs, removes socket and pid file, and ends with 0',
  async (signal) => {
    const daemon = await startWithProgram();
    daemon.process.kill(signal);
    expect((await daemon.ended()).status).toBe(0);
    expect(log()).toMatch(
      new RegExp(`WARN received ${signal} indicating exit request\n.* INFO waiting for a to die\n`),
    );
    expect(existsSync(sandbox.path('s.sock'))).toBe(false);
    expect(existsSync(sandbox.path('d.pid'))).toBe(false);
  },
);

test('HUP starts anew in the same process, with the configuration as it is now', async () => {
  const daemon = await startWithProgram();
  const pid = sandbox.read('d.pid');
  sandbox.configure('[program:b]\ncommand=/bin/sleep 1000', 'identifier=other');
  daemon.process.kill('SIGHUP');
  await waitFor('the new program', () => log().includes("spawned: 'b'"));
  expect(sandbox.read('d.pid')).toBe(pid);
  expect((await sandbox.ctl('status')).stdout).toMatch(/^b /);
  expect(count(`supervisord started with pid ${pid}`)).toBe(2);
  expect(count("RPC interface 'supervisor' initialized")).toBe(2);
});

test('tsvctl reload does the same', async () => {
  await startWithProgram();
  expect((await sandbox.ctl('reload')).stdout).toBe('Restarted supervisord\n');
  await waitFor('the second start', () => count('supervisord started with pid') === 2);
});

test('a configuration that breaks during a restart ends the daemon with 2, its programs stopped', async () => {
  sandbox.write(
    'slow',
    "#!/bin/sh\ntrap 'sleep 0.5; kill -KILL $!; exit' TERM\ntouch ready\nsleep 1000 & wait\n",
    0o755,
  );
  sandbox.configure(`[program:a]\ncommand=${sandbox.path('slow')}`);
  const daemon = await sandbox.startDaemon();
  await waitFor('the program', () => existsSync(sandbox.path('ready')));
  daemon.process.kill('SIGHUP');
  await waitFor('the restart to begin', () => log().includes('waiting for a to die'));
  writeFileSync(sandbox.path('supervisord.conf'), '[supervisord]\nloglevel=loud\n');
  const { status, stderr } = await daemon.ended();
  expect(status).toBe(2);
  expect(stderr).toMatch(/^Error: .*bad logging level name 'loud'/);
  expect(log()).toMatch(
    /stopped: a.*\n.* CRIT cannot start again: .*bad logging level name 'loud'/,
  );
  expect(existsSync(sandbox.path('s.sock'))).toBe(false);
});

test('a TERM during a restart ends it', async () => {
  sandbox.write(
    'slow',
    "#!/bin/sh\ntrap 'sleep 1; kill -KILL $!; exit' TERM\ntouch ready\nsleep 1000 & wait\n",
    0o755,
  );
  sandbox.configure(`[program:slow]\ncommand=${sandbox.path('slow')}\nstopasgroup=false`);
  const daemon = await sandbox.startDaemon();
  await waitFor('the program', () => existsSync(sandbox.path('ready')));
  daemon.process.kill('SIGHUP');
  await waitFor('the restart to begin', () => log().includes('SIGHUP indicating restart'));
  daemon.process.kill('SIGTERM');
  await waitFor('the TERM', () => log().includes('SIGTERM indicating exit'));
  daemon.process.kill('SIGHUP');
  expect((await daemon.ended()).status).toBe(0);
  expect(log()).toContain('ignored SIGHUP indicating restart request (shutdown in progress)');
  expect(count('supervisord started with pid')).toBe(1);
});

test('USR2 goes on in a new log file, after two lines in the old one', async () => {
  const daemon = await startWithProgram();
  renameSync(sandbox.path('main.log'), sandbox.path('old.log'));
  daemon.process.kill('SIGUSR2');
  await waitFor('the new file', () => existsSync(sandbox.path('main.log')));
  expect(sandbox.read('old.log')).toMatch(
    /INFO received SIGUSR2 indicating log reopen request\n.* INFO supervisord logreopen\n$/,
  );
  await sandbox.ctl('stop', 'a');
  expect(log()).toMatch(/ WARN stopped: a \(terminated by SIGTERM\)\n$/);
});

test('USR1 kills it as it kills any program, and its children live on', async () => {
  const daemon = await startWithProgram();
  const children = descendants(daemon.process.pid as number);
  for (const child of children) sandbox.adopt(child);
  daemon.process.kill('SIGUSR1');
  await daemon.ended();
  expect(daemon.process.signalCode).toBe('SIGUSR1');
  for (const child of children) expect(existsSync(`/proc/${child}`)).toBe(true);
});

test('a reader of its standard output that stalls does not keep it from stopping', async () => {
  // At this level the main log has all that programs write: more than any buffer on the way holds.
  sandbox.configure(
    "[program:a]\ncommand=/bin/sh -c 'yes | head -c 4000000; exec sleep 1000'",
    'loglevel=debug',
  );
  const daemon = sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('supervisord.conf')]);
  daemon.process.stdout?.pause();
  await waitFor(
    'the output in the log',
    () =>
      existsSync(sandbox.path('main.log')) && statSync(sandbox.path('main.log')).size > 4_000_000,
  );
  daemon.process.kill('SIGTERM');
  await waitFor('its end', () => daemon.process.exitCode !== null);
  expect(log()).toContain('stopped: a');
  daemon.process.stdout?.resume();
  expect((await daemon.ended()).status).toBe(0);
});
