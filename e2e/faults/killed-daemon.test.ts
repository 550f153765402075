// A daemon that was killed, and the one that comes after it beside what it left.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, descendants, tsvdProgram, waitFor } from '../support/sandbox.ts';
import type { Running } from '../support/sandbox.ts';
import { count, endsWell, isUp, waitForRpcState } from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const mainLog = (): string => sandbox.read('main.log');
const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false; // ENOENT
  }
};

/** Kills it; what it had started stays, and is ended with the sandbox. */
async function killDaemon(daemon: Running): Promise<number[]> {
  const orphans = descendants(daemon.process.pid as number);
  for (const orphan of orphans) sandbox.adopt(orphan);
  daemon.process.kill('SIGKILL');
  // Its orphans hold its standard output open no longer than they live: not waited for here.
  await waitFor('it to be gone', () => daemon.process.signalCode === 'SIGKILL');
  return orphans;
}

async function startAgain(starts: number): Promise<Running> {
  const daemon = sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('supervisord.conf')]);
  await waitFor(
    'the next start',
    () => count(mainLog(), 'supervisord started with pid') === starts,
  );
  return daemon;
}

test('a new one takes over socket and pidfile, and starts its programs beside the orphans', async () => {
  sandbox.configure(
    [
      '[program:quiet]\ncommand=/bin/sleep 1000\nstartsecs=0',
      `[program:writer]\ncommand=/bin/sh -c 'echo up; while echo more; do sleep 0.1; done'`,
      `startsecs=0\nstdout_logfile=${sandbox.path('writer.log')}`,
      `[program:reader]\ncommand=/bin/sh -c 'cat; touch ${sandbox.path('input-ended')}'\nstartsecs=0`,
    ].join('\n'),
  );
  const first = await sandbox.startDaemon();
  const before = await isUp(sandbox, first);
  await waitFor('output', () => sandbox.read('writer.log').includes('more'));
  const all = await before.call('supervisor.getAllProcessInfo', []);
  const pidOf = (name: string): number => all.find((info) => info.name === name)?.pid ?? 0;
  await killDaemon(first);

  // The pipes end: who writes gets SIGPIPE, who reads the end of its input; others live on.
  await waitFor('the writer to end', () => !isAlive(pidOf('writer')));
  await waitFor('the reader to end', () => existsSync(sandbox.path('input-ended')));
  expect(isAlive(pidOf('quiet'))).toBe(true);
  expect(existsSync(sandbox.path('s.sock'))).toBe(true);
  expect(sandbox.read('d.pid')).toBe(`${first.process.pid}\n`);

  const second = await startAgain(2);
  expect(second.stderr()).toBe(`Unlinking stale socket ${sandbox.path('s.sock')}\n`);
  expect(sandbox.read('d.pid')).toBe(`${second.process.pid}\n`);
  const client = await isUp(sandbox, second);
  for (const name of ['quiet', 'writer', 'reader']) await waitForRpcState(client, name, 'RUNNING');
  const { pid } = await client.call('supervisor.getProcessInfo', ['quiet']);
  expect(pid).not.toBe(pidOf('quiet'));
  // It has no claim on an orphan: it neither adopts nor kills it.
  await client.call('supervisor.stopAllProcesses', []);
  expect(isAlive(pidOf('quiet'))).toBe(true);
  expect(mainLog()).not.toContain(String(pidOf('quiet')).concat(' (term'));
  await endsWell(second, sandbox);
  expect(isAlive(pidOf('quiet'))).toBe(true);
});

test('AUTO logs of the killed one are cleaned up, unless nocleanup says otherwise', async () => {
  const autoLogs = (): string[] =>
    readdirSync(sandbox.folder).filter((name) => name.includes('---supervisor-'));
  sandbox.configure('[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0', 'nocleanup=true');
  const first = await sandbox.startDaemon();
  await isUp(sandbox, first);
  expect(autoLogs()).toHaveLength(2);
  await killDaemon(first);
  const second = await startAgain(2);
  await isUp(sandbox, second);
  expect(autoLogs()).toHaveLength(4);
  await killDaemon(second);
  sandbox.configure('[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0');
  const third = await startAgain(3);
  await waitFor('the cleaning up', () => autoLogs().length === 2);
  const client = await isUp(sandbox, third);
  const { stdout_logfile: log } = await client.call('supervisor.getProcessInfo', ['web']);
  expect(autoLogs()).toContain(log.slice(log.lastIndexOf('/') + 1));
  await endsWell(third, sandbox);
});

test('killed again and again during its start, it always starts anew', async () => {
  sandbox.configure(
    '[program:web]\nprocess_name=web_%(process_num)d\nnumprocs=5\ncommand=/bin/cat\nstartsecs=0',
  );
  for (let ms = 0; ms < 400; ms += 25) {
    const daemon = sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('supervisord.conf')]);
    await new Promise((resolve) => setTimeout(resolve, ms));
    await killDaemon(daemon);
  }
  const daemon = sandbox.run(tsvdProgram, ['-n', '-c', sandbox.path('supervisord.conf')]);
  const client = await isUp(sandbox, daemon);
  await waitFor('all programs', async () => {
    const all = await client.call('supervisor.getAllProcessInfo', []);
    return all.every(({ statename }) => statename === 'RUNNING');
  });
  await endsWell(daemon, sandbox);
  // Of one killed as it took the place of a dead socket, the name it had for its own may be left.
  // Of one killed as it took the place of a dead socket, the name it had for its own may be left.
  const passing = /---supervisor-|^s\.sock\.\d+$/;
  const left = readdirSync(sandbox.folder).filter((name) => !passing.test(name));
  expect(left.toSorted()).toEqual(['main.log', 'supervisord.conf']);
}, 60_000);
