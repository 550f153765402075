// Programs with bad habits.
import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import type { Client } from '../../packages/rpc/src/index.ts';
import { withPidNamespaces } from '../support/needs.ts';
import { Sandbox, descendants, fromRoot, waitFor } from '../support/sandbox.ts';
import type { Running } from '../support/sandbox.ts';
import { endsWell, isUp, startAfter, stateOf, waitForRpcState } from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const mainLog = (): string => sandbox.read('main.log');

function statusOf(pid: number, field: string): string {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    return new RegExp(`^${field}:\\s+(.*)$`, 'm').exec(text)?.[1] ?? '';
  } catch {
    return ''; // ENOENT, ESRCH: it ended while we looked.
  }
}

const isZombie = (pid: number): boolean => statusOf(pid, 'State').startsWith('Z');
const pidOf = async (client: Client, name: string): Promise<number> =>
  (await client.call('supervisor.getProcessInfo', [name])).pid;

test('a program that closes its stdout, its stderr or both goes on, and the other is logged', async () => {
  const closing = (name: string, what: string): string =>
    [
      `[program:${name}]`,
      `command=/bin/sh -c 'echo out; echo err >&2; exec ${what}; echo more; echo more >&2; exec sleep 1000'`,
      'startsecs=0',
      `stdout_logfile=${sandbox.path(`${name}.out`)}`,
      `stderr_logfile=${sandbox.path(`${name}.err`)}`,
    ].join('\n');
  sandbox.configure(
    [closing('out', '1>&-'), closing('err', '2>&-'), closing('both', '1>&- 2>&-')].join('\n'),
    'loglevel=debug',
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  await waitFor(
    'all pipes to be closed',
    () => (mainLog().match(/ closed, stopped monitoring/g) ?? []).length === 4,
  );
  await waitFor(
    'what is written to those left',
    () => sandbox.read('out.err').endsWith('more\n') && sandbox.read('err.out').endsWith('more\n'),
  );
  for (const name of ['out', 'err', 'both']) {
    expect(await stateOf(client, name)).toBe('RUNNING');
    expect(sandbox.read(`${name}.out`)).toMatch(/^out\n/);
    expect(sandbox.read(`${name}.err`)).toMatch(/^err\n/);
  }
  // A closed pipe must not be polled again and again.
  const pid = daemon.process.pid as number;
  const used = cpuTicks(pid);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(cpuTicks(pid) - used).toBeLessThan(15);
  await client.call('supervisor.stopProcess', ['both']);
  expect(await client.call('supervisor.startProcess', ['both'])).toBe(true);
  await waitFor('its new output', () => sandbox.read('both.out') === 'out\nout\n');
  await endsWell(daemon, sandbox);
});

/** Forks 1,000 times ten that exit at once, nine of them orphans of one that has ended. */
const forking = (): string =>
  sandbox.write(
    'forking',
    [
      '#!/bin/sh',
      'i=0',
      'while [ $i -lt 1000 ]; do',
      '  (: & : & : & : & : & : & : & : & : &)',
      '  i=$((i + 1))',
      'done',
      'echo all of them',
      'exec sleep 1000',
    ].join('\n'),
    0o755,
  );

/** Until the program has forked all, RPC must answer, and in the end no zombie may be left. */
async function survivesForks(daemon: Running, pid: number): Promise<void> {
  const client = await isUp(sandbox, daemon);
  let answers = 0;
  await waitFor(
    'all forks',
    async () => {
      expect(await stateOf(client, 'steady')).toBe('RUNNING');
      answers++;
      return sandbox.read('forking.log') === 'all of them\n';
    },
    60_000,
  );
  expect(answers).toBeGreaterThan(20);
  await waitFor('no zombie', () => !descendants(pid).some(isZombie));
  expect(await stateOf(client, 'forking')).toBe('RUNNING');
}

const twoPrograms = (): string =>
  [
    '[program:steady]\ncommand=/bin/sleep 1000\nstartsecs=0',
    `[program:forking]\ncommand=${forking()}\nstartsecs=0\nstdout_logfile=${sandbox.path('forking.log')}`,
  ].join('\n');

test('10,000 forks of a program leave no zombie where the daemon adopts orphans', async () => {
  sandbox.configure(twoPrograms(), 'sweep=true\nlogfile_maxbytes=0');
  const daemon = await sandbox.startDaemon();
  await survivesForks(daemon, daemon.process.pid as number);
  const adopted = mainLog().match(/reaped unknown pid \d+ \(exit status 0\)/g) ?? [];
  expect(adopted.length).toBeGreaterThan(5000);
  await endsWell(daemon, sandbox);
}, 90_000);

withPidNamespaces(
  '10,000 forks of a program leave no zombie of pid 1',
  async () => {
    sandbox.configure(twoPrograms(), 'logfile_maxbytes=0');
    const namespace = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const daemon = startAfter(sandbox, '', namespace);
    await isUp(sandbox, daemon);
    const [pid] = descendants(daemon.process.pid as number);
    await survivesForks(daemon, pid as number);
    process.kill(pid as number, 'SIGTERM');
    expect((await daemon.ended()).status).toBe(0);
  },
  90_000,
);

test('a program that is stopped by SIGSTOP is killed after stopwaitsecs', async () => {
  sandbox.configure(
    [
      '[program:frozen]\ncommand=/bin/sleep 1000\nstartsecs=0\nstopwaitsecs=1',
      `[program:group]\ncommand=/bin/sh -c 'sleep 1000 & wait'\nstartsecs=0\nstopwaitsecs=1\nstopasgroup=true`,
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  for (const name of ['frozen', 'group']) {
    await waitForRpcState(client, name, 'RUNNING');
    const pid = await pidOf(client, name);
    const all = await waitFor('what it has started', () => {
      const found = [pid, ...descendants(pid)];
      return name === 'frozen' || found.length > 1 ? found : undefined;
    });
    for (const one of all) process.kill(one, 'SIGSTOP');
    await waitFor('all to be frozen', () =>
      all.every((one) => statusOf(one, 'State').startsWith('T')),
    );
    expect(await client.call('supervisor.stopProcess', [name])).toBe(true);
    expect(mainLog()).toContain(`WARN killing '${name}' (${pid}) with SIGKILL`);
    expect(mainLog()).toContain(`WARN stopped: ${name} (terminated by SIGKILL)`);
    await waitFor('all to be gone', () => all.every((one) => statusOf(one, 'State') === ''));
  }
  await endsWell(daemon, sandbox);
});

test('one that is stopped by SIGSTOP while it stops, and goes on in time, ends by itself', async () => {
  sandbox.write(
    'slow',
    `#!/bin/sh\ntrap 'touch ${sandbox.path('asked')}; sleep 0.3; exit 0' TERM\ntouch ${sandbox.path('ready')}\nwhile :; do sleep 0.1; done\n`,
    0o755,
  );
  sandbox.configure(
    `[program:slow]\ncommand=${sandbox.path('slow')}\nstartsecs=0\nstopwaitsecs=30`,
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  await waitFor('it to be ready', () => isThere('ready'));
  const pid = await pidOf(client, 'slow');
  await client.call('supervisor.stopProcess', ['slow', false]);
  await waitFor('it to be asked', () => isThere('asked'));
  process.kill(pid, 'SIGSTOP');
  await waitFor('it to be frozen', () => statusOf(pid, 'State').startsWith('T'));
  expect(await stateOf(client, 'slow')).toBe('STOPPING');
  process.kill(pid, 'SIGCONT');
  await waitForRpcState(client, 'slow', 'STOPPED');
  expect(mainLog()).toContain('INFO stopped: slow (exit status 0)');
  await endsWell(daemon, sandbox);
});

test('a listener that is stopped by SIGSTOP holds up nobody, hears all later, and is killed in the end', async () => {
  sandbox.configure(
    [
      '[eventlistener:heard]',
      `command=${fromRoot('e2e/fixtures/listeners/loop.sh')} ${sandbox.path('heard')}`,
      'events=REMOTE_COMMUNICATION',
      'buffer_size=100',
      'startsecs=0',
      'stopwaitsecs=1',
      '[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0',
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  await waitForRpcState(client, 'heard', 'RUNNING');
  const pid = await pidOf(client, 'heard');
  const all = [pid, ...descendants(pid)];
  for (const one of all) process.kill(one, 'SIGSTOP');
  for (let n = 0; n < 50; n++)
    await client.call('supervisor.sendRemoteCommEvent', ['number', String(n)]);
  await client.call('supervisor.stopProcess', ['web']);
  expect(await client.call('supervisor.startProcess', ['web'])).toBe(true);
  for (const one of all) process.kill(one, 'SIGCONT');
  const numbers = (): string[] =>
    [...sandbox.read('heard').matchAll(/\|type:number\n?(\d+)/g)].map(([, n]) => n as string);
  const wanted = Array.from({ length: 50 }, (_, n) => String(n));
  await waitFor('all events', () => numbers().length === 50);
  expect(numbers()).toEqual(wanted);
  const still = [pid, ...descendants(pid)];
  for (const one of still) process.kill(one, 'SIGSTOP');
  await waitFor('it to be frozen again', () => statusOf(pid, 'State').startsWith('T'));
  await endsWell(daemon, sandbox);
  expect(mainLog()).toContain('stopped: heard (terminated by SIGKILL)');
});

const isThere = (name: string): boolean => {
  try {
    readFileSync(sandbox.path(name));
    return true;
  } catch {
    return false; // ENOENT: not yet.
  }
};

/** User and system time, in hundredths of a second. */
function cpuTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
