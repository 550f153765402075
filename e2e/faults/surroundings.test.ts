// A system that lacks what is always there.
import { rmSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { withMounts } from '../support/needs.ts';
import { Sandbox, tsvdProgram, waitFor } from '../support/sandbox.ts';
import {
  count,
  endsWell,
  isUp,
  startAfter,
  startWithMounts,
  waitForRpcState,
} from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const web = '[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0';

withMounts('without /proc it starts, supervises and stops as ever', async () => {
  sandbox.configure(
    [
      web,
      `[program:writer]\ncommand=/bin/sh -c 'echo to a file; exec sleep 1000'\nstdout_logfile=${sandbox.path('writer.log')}`,
      `[program:out]\ncommand=/bin/sh -c 'echo to the console; exec sleep 1000'\nstdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0`,
    ].join('\n'),
  );
  // /dev/stdout leads through /proc: a program that logs there cannot have it.
  const daemon = startWithMounts(sandbox, 'mount -t tmpfs tmpfs /proc');
  const client = await isUp(sandbox, daemon);
  await waitForRpcState(client, 'web', 'RUNNING');
  await waitForRpcState(client, 'writer', 'RUNNING');
  await waitFor('its output', () => sandbox.read('writer.log') === 'to a file\n');
  const { pid } = await client.call('supervisor.getProcessInfo', ['web']);
  process.kill(pid, 'SIGKILL');
  await waitFor('the respawn', () => count(sandbox.read('main.log'), "spawned: 'web'") === 2);
  expect(daemon.stdout()).not.toContain('internal error');
  await endsWell(daemon, sandbox);
});

withMounts(
  'on a file system that is read-only, /tmp too, it runs, and keeps AUTO logs in memory',
  async () => {
    sandbox.configure(
      `[program:web]\ncommand=/bin/sh -c 'echo in memory; exec sleep 1000'\nstartsecs=0`,
    );
    const text = sandbox
      .read('supervisord.conf')

      .replaceAll(sandbox.path('s.sock'), '/dev/shm/tsvd.sock');
    sandbox.write('supervisord.conf', text);
    // The socket alone has a place where it can be.
    const daemon = startWithMounts(
      sandbox,
      'mount -o remount,bind,ro /; mount --bind /tmp /tmp; mount -o remount,bind,ro /tmp; mount -t tmpfs tmpfs /dev/shm',
    );
    await waitFor('the program', () => daemon.stdout().includes('success: web'));
    expect(daemon.stderr()).toMatch(
      /^Warning: cannot open log file .*main\.log, going on without it: EROFS/,
    );
    expect(daemon.stdout()).toContain(`CRIT could not write pidfile ${sandbox.path('d.pid')}\n`);
    expect(daemon.stdout()).toMatch(/WARN no file for the stdout of 'web' can be made in .*EROFS/);
    const ctl = sandbox.run('nsenter', [
      `--target=${daemon.process.pid}`,
      '--mount',
      tsvdProgram.replace('daemon/bin/tsvd', 'ctl/bin/tsvctl'),
      '-s',
      'unix:///dev/shm/tsvd.sock',
      'tail',
      'web',
    ]);
    expect((await ctl.ended()).stdout).toMatch(/^in memory\n/);
    await endsWell(daemon);
  },
);

test('with its standard output closed, or led to a pipe that nobody reads any more, it goes on', async () => {
  for (const how of ['>&-', '>&- 2>&-', '<&- >&- 2>&-']) {
    sandbox.configure(web);
    rmSync(sandbox.path('main.log'), { force: true });
    const daemon = startAfter(sandbox, `exec ${how}`);
    const client = await isUp(sandbox, daemon);
    await waitForRpcState(client, 'web', 'RUNNING');
    client.close();
    await endsWell(daemon, sandbox);
  }
  const daemon = sandbox.run(tsvdProgram, [
    '-n',
    '-c',
    sandbox.path('supervisord.conf'),
    '-e',
    'blather',
  ]);
  const client = await isUp(sandbox, daemon);
  daemon.process.stdout?.destroy();
  daemon.process.stderr?.destroy();
  for (let n = 0; n < 20; n++) {
    await client.call('supervisor.stopProcess', ['web']);
    await client.call('supervisor.startProcess', ['web']);
  }
  daemon.process.kill('SIGTERM');
  await waitFor('its end', () => daemon.process.exitCode === 0);
  expect(count(sandbox.read('main.log'), 'stopped: web')).toBeGreaterThanOrEqual(20);
});

test('a file size limit on the logs loses no program and no answer', async () => {
  sandbox.configure(
    [
      `[program:writer]\ncommand=/bin/cat\nstartsecs=0\nstdout_logfile=${sandbox.path('writer.log')}\nstdout_logfile_maxbytes=0`,
      web,
    ].join('\n'),
  );
  // In blocks of 512 bytes: 100 KiB.
  const daemon = startAfter(sandbox, 'ulimit -f 200');
  const client = await isUp(sandbox, daemon);
  await waitForRpcState(client, 'writer', 'RUNNING');
  await client.call('supervisor.sendProcessStdin', ['writer', 'x'.repeat(200_000)]);
  await waitFor('the complaint', () =>
    /cannot write log file .*writer\.log: EFBIG/.test(sandbox.read('main.log')),
  );
  expect(sandbox.read('writer.log').length).toBe(102_400);
  await waitForRpcState(client, 'web', 'RUNNING');
  // Somebody makes room, as logrotate with copytruncate does.
  writeFileSync(sandbox.path('writer.log'), '');
  await waitFor('the rest', () => sandbox.read('writer.log').length === 97_600);
  await endsWell(daemon, sandbox);
});

test('with less memory than it wants it runs, or ends before it has started any program', async () => {
  sandbox.configure(web);
  const outcomes: string[] = [];
  for (const mebibytes of [40, 500, 1000, 4000]) {
    const daemon = startAfter(sandbox, `ulimit -v ${mebibytes * 1024}; ulimit -c 0`);
    const { process: own } = daemon;
    const isOver = (): boolean => own.exitCode !== null || own.signalCode !== null;
    const isUp = (): boolean => daemon.stdout().includes('success: web');
    await waitFor('it to run or to end', () => isOver() || isUp());
    const lives = !isOver();
    if (lives) own.kill('SIGTERM');
    const { status, stdout } = await daemon.ended();
    const started = stdout.includes('spawned: ');
    outcomes.push(`${lives ? `runs, ends with ${status}` : 'ends'}${started ? ', started' : ''}`);
  }
  expect(outcomes.filter((one) => one !== 'ends' && one !== 'runs, ends with 0, started')).toEqual(
    [],
  );
  expect(outcomes.at(-1)).toBe('runs, ends with 0, started');
}, 60_000);

test('a TERM is honoured while its standard output is a pipe that is full', async () => {
  sandbox.configure(web, 'loglevel=blather');
  const fifo = sandbox.path('out');
  const daemon = startAfter(
    sandbox,
    `mkfifo ${fifo}; exec 3<>${fifo} >${fifo}; dd if=/dev/zero of=${fifo} bs=65536 count=1 2>/dev/null`,
  );
  const client = await isUp(sandbox, daemon);
  for (let n = 0; n < 10; n++) {
    await client.call('supervisor.stopProcess', ['web']);
    await client.call('supervisor.startProcess', ['web']);
  }
  client.close();
  expect(count(sandbox.read('main.log'), 'stopped: web')).toBe(10);
  await endsWell(daemon, sandbox);
});
