import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { createServer } from 'node:net';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, tsvctlProgram, tsvdProgram, waitFor } from './support/sandbox.ts';
import type { Ended, Running } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const tsvd = (...args: readonly string[]): Promise<Ended> => sandbox.run(tsvdProgram, args).ended();
const config = (): string => sandbox.path('supervisord.conf');

/** Starts tsvd in the background; its pid once it is ready. */
async function startInBackground(...args: readonly string[]): Promise<number> {
  const { status, stderr } = await tsvd('-c', config(), ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const pid = Number(sandbox.read('d.pid'));
  sandbox.adopt(pid);
  return pid;
}

const alive = (pid: number): boolean => existsSync(`/proc/${pid}`);
const statusLine = (pid: number, name: string): string | undefined =>
  new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

test('in the background it leads its own session, and its streams are /dev/null', async () => {
  sandbox.configure('');
  const pid = await startInBackground();
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  expect(stat[3]).toBe(String(pid));
  for (const fd of [0, 1, 2]) expect(readlinkSync(`/proc/${pid}/fd/${fd}`)).toBe('/dev/null');
  expect(sandbox.read('d.pid')).toBe(`${pid}\n`);
});

test('directory= and umask= count from the moment it is in the background', async () => {
  mkdirSync(sandbox.path('home'));
  sandbox.configure('', `directory=${sandbox.path('home')}\numask=027`);
  const pid = await startInBackground();
  expect(readlinkSync(`/proc/${pid}/cwd`)).toBe(sandbox.path('home'));
  expect(statusLine(pid, 'Umask')).toBe('0027');
  expect(statSync(sandbox.path('d.pid')).mode & 0o777).toBe(0o640);
  expect(sandbox.read('main.log')).toMatch(
    /INFO daemonizing the supervisord process\n.* INFO set current directory: '.*home'\n.* INFO supervisord started with pid/,
  );
});

test('a relative childlogdir= is cleaned where tsvd was started, though it works elsewhere', async () => {
  mkdirSync(sandbox.path('home'));
  mkdirSync(sandbox.path('logs'));
  sandbox.write('logs/a-stdout---supervisor-abcd1234.log', 'old');
  sandbox.configure('', `directory=${sandbox.path('home')}`);
  const pid = await startInBackground('-q', 'logs');
  await waitFor('the old log to be removed', () => readdirSync(sandbox.path('logs')).length === 0);
  expect(readlinkSync(`/proc/${pid}/cwd`)).toBe(sandbox.path('home'));
  expect(sandbox.read('main.log')).not.toContain('Could not clear');
});

test('what goes wrong on the way to the background is told at the terminal, with status 2', async () => {
  sandbox.configure('');
  await sandbox.startDaemon();
  const second = sandbox.path('second');
  const { status, stderr } = await tsvd(
    '-c',
    config(),
    '-l',
    `${second}.log`,
    '-j',
    `${second}.pid`,
  );
  expect(status).toBe(2);
  expect(stderr).toBe(
    `Error: Another program is already listening on a port that one of our HTTP servers is configured to use.  Shut this program down first before starting supervisord.\nFor help, use ${tsvdProgram} -h\n`,
  );
  expect(existsSync(`${second}.pid`)).toBe(false);
});

test('the AUTO logs of a running daemon survive a second start that is refused', async () => {
  sandbox.configure('[program:a]\ncommand=/bin/sleep 1000');
  await sandbox.startDaemon();
  await sandbox.waitForState('a', 'RUNNING');
  const logs = await logsOf();
  expect((await tsvd('-n', '-c', config(), '-l', sandbox.path('second.log'))).status).toBe(2);
  for (const log of logs) expect(existsSync(log)).toBe(true);

  async function logsOf(): Promise<string[]> {
    const { stdout } = await sandbox.ctl('avail');
    expect(stdout).toContain('a');
    const files = readlinksOf(Number(sandbox.read('d.pid')));
    return files.filter((file) => file.includes('---supervisor-'));
  }
});

function readlinksOf(pid: number): string[] {
  const { stdout } = spawnSync('ls', ['-l', `/proc/${pid}/fd`], { encoding: 'utf8' });
  return stdout.split('\n').map((line) => line.split(' -> ')[1] ?? '');
}

test('a TERM while it waits on the way to the background is passed on', async () => {
  sandbox.configure('');
  // Somebody who listens on the socket, and says nothing: the start waits for an answer.
  const mute = createServer();
  await new Promise<void>((resolve) => mute.listen(sandbox.path('s.sock'), resolve));
  try {
    const first = sandbox.run(tsvdProgram, ['-c', config()]);
    const connected = new Promise((resolve) => mute.once('connection', resolve));
    await connected;
    first.process.kill('SIGTERM');
    await first.ended();
    expect(first.process.signalCode).toBe('SIGTERM');
    expect(sandbox.read('main.log')).toContain('WARN received SIGTERM indicating exit request');
    expect(existsSync(sandbox.path('d.pid'))).toBe(false);
  } finally {
    mute.close();
  }
});

test('children start with the limit on open files that tsvd was started with', async () => {
  sandbox.configure(
    [
      '[program:a]',
      "command=/bin/sh -c 'ulimit -Sn; exec sleep 1000'",
      `stdout_logfile=${sandbox.path('a.log')}`,
      '[program:b]',
      "command=/bin/sh -c 'env | grep -c TSVISOR; exec sleep 1000'",
      `stdout_logfile=${sandbox.path('b.log')}`,
    ].join('\n'),
    'minfds=300',
  );
  for (const [soft, seen] of [
    ['400', '400\n'],
    ['256', '300\n'],
  ]) {
    const script = `ulimit -Sn ${soft}; exec "$0" -n -c ${config()}`;
    const daemon = sandbox.run('/bin/sh', ['-c', script, tsvdProgram]);
    await waitFor('the programs to write', () => sandbox.read('a.log') && sandbox.read('b.log'));
    expect(sandbox.read('a.log')).toBe(seen);
    expect(sandbox.read('b.log')).toBe('0\n');
    daemon.process.kill('SIGTERM');
    expect((await daemon.ended()).status).toBe(0);
    sandbox.write('a.log', '');
    sandbox.write('b.log', '');
  }
});

test('without its log file, its pid file or a folder for logs it goes on, and says so', async () => {
  sandbox.configure("[program:a]\ncommand=/bin/sh -c 'echo from memory; exec sleep 1000'");
  mkdirSync(sandbox.path('taken'));
  const taken = sandbox.path('taken');
  const daemon = sandbox.run(tsvdProgram, ['-n', '-c', config(), '-l', taken, '-j', taken]);
  await sandbox.waitForState('a', 'RUNNING');
  expect(daemon.stderr()).toMatch(/^Warning: cannot open log file .*taken, going on without it/);
  expect(daemon.stdout()).toContain(`CRIT could not write pidfile ${taken}\n`);
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
  expect(existsSync(taken)).toBe(true);
});

test('without variables of the environment it starts as usual', async () => {
  sandbox.configure('');
  const daemon = sandbox.run(tsvdProgram, ['-n', '-c', config()], {
    PATH: '/usr/local/bin:/usr/bin:/bin',
  });
  await waitFor('the start', () => daemon.stdout().includes('supervisord started with pid'));
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});

test('what a killed daemon left behind does not block the next one', async () => {
  sandbox.configure('');
  const killed = await startInBackground();
  process.kill(killed, 'SIGKILL');
  await waitFor('it to be gone', () => !alive(killed));
  const { status, stderr } = await tsvd('-c', config());
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: `Unlinking stale socket ${sandbox.path('s.sock')}\n`,
  });
  const pid = Number(sandbox.read('d.pid'));
  sandbox.adopt(pid);
  expect(pid).not.toBe(killed);
});

test('logfile_format=json writes one JSON object a line', async () => {
  sandbox.configure('', 'logfile_format=json');
  const daemon = await sandbox.startDaemon();
  daemon.process.kill('SIGTERM');
  await daemon.ended();
  const records = sandbox
    .read('main.log')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; message: string });
  expect(records.at(-1)).toMatchObject({
    level: 'warn',
    message: 'received SIGTERM indicating exit request',
  });
});

test('of many that start at once, on a socket that a dead one left, exactly one lives', async () => {
  sandbox.configure('');
  const dead = await startInBackground();
  process.kill(dead, 'SIGKILL');
  await waitFor('it to be gone', () => !alive(dead));
  const starts = Array.from({ length: 6 }, () => sandbox.run(tsvdProgram, ['-n', '-c', config()]));
  const isOver = ({ process: { exitCode } }: Running): boolean => exitCode !== null;
  await waitFor('all but one to be refused', () => starts.filter(isOver).length === 5, 30_000);
  const [winner] = starts.filter((start) => !isOver(start));
  await waitFor('its pidfile', () => sandbox.read('d.pid') === `${winner?.process.pid}\n`);
  expect((await sandbox.ctl('pid')).stdout).toBe(`${winner?.process.pid}\n`);
  for (const start of starts.filter(isOver)) {
    expect(start.process.exitCode).toBe(2);
    expect((await start.ended()).stderr).toContain('Error: Another program is already listening');
  }
});

test.each([
  ['foreground', ['-n']],
  ['background', []],
])('it starts in the %s where the current folder has been removed', async (_where, args) => {
  sandbox.configure('[program:a]\ncommand=/bin/sleep 1000');
  const fromNowhere = (...command: readonly string[]): Running => {
    mkdirSync(sandbox.path('gone'));
    const script = 'cd gone && rmdir ../gone && exec "$@"';
    return sandbox.run('/bin/sh', ['-c', script, 'sh', ...command, '-c', config()]);
  };
  const started = fromNowhere(tsvdProgram, ...args);
  await sandbox.waitForState('a', 'RUNNING');
  sandbox.adopt(Number(sandbox.read('d.pid')));
  // A shell may say that it cannot tell where it is.
  expect(started.stderr()).not.toContain('Error');
  expect((await fromNowhere(tsvctlProgram).ended()).stdout).toMatch(/^a +RUNNING/);
});
