import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, expect } from '@jest/globals';

import type { Client } from '../../packages/rpc/src/index.ts';
import { withMounts } from '../support/needs.ts';
import { Sandbox, fromRoot, waitFor } from '../support/sandbox.ts';
import type { Running } from '../support/sandbox.ts';
import {
  count,
  endsWell,
  isUp,
  seenBy,
  startWithMounts,
  stateOf,
  waitForRpcState,
} from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/** A megabyte at `disk`, and whatever else is to be done before tsvd starts. */
const start = (more = ''): Running =>
  startWithMounts(
    sandbox,
    `mkdir ${sandbox.path('disk')}; mount -t tmpfs -o size=1m tmpfs ${sandbox.path('disk')}; ${more}`,
  );

const fill = `dd if=/dev/zero of=$PWD/disk/filler bs=4096 2>/dev/null || true`;

class Disk {
  readonly #daemon: Running;
  constructor(daemon: Running) {
    this.#daemon = daemon;
  }
  path(name: string): string {
    return seenBy(this.#daemon, sandbox.path(`disk/${name}`));
  }
  read(name: string): string {
    return readFileSync(this.path(name), 'latin1');
  }
  fill(): void {
    for (const bytes of [65_536, 4096, 1]) {
      try {
        for (;;) writeFileSync(this.path('filler'), Buffer.alloc(bytes), { flag: 'a' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  }
  free(): void {
    rmSync(this.path('filler'));
  }
}

/** A program that writes what it is given by RPC. */
const echoing = (name: string, log: string, more = ''): string =>
  `[program:${name}]\ncommand=/bin/cat\nstartsecs=0\nstdout_logfile=${log}\n${more}`;

const write = (client: Client, name: string, text: string): Promise<boolean> =>
  client.call('supervisor.sendProcessStdin', [name, text]);

/** Numbered lines, 10 bytes each. */
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, n) => `${100_000_000 + from + n}\n`).join('');

const mainLog = (): string => sandbox.read('main.log');

withMounts(
  'a full disk costs the program on it nothing but the log, and nobody else anything',
  async () => {
    sandbox.configure(
      [
        echoing('full', sandbox.path('disk/full.log'), 'stdout_logfile_maxbytes=0'),
        echoing('beside', sandbox.path('beside.log'), 'stdout_logfile_maxbytes=0'),
      ].join('\n'),
    );
    const daemon = start();
    const client = await isUp(sandbox, daemon);
    const disk = new Disk(daemon);
    await write(client, 'full', lines(0, 1000));
    await waitFor('the first lines', () => disk.read('full.log').length === 10_000);
    const { pid } = await client.call('supervisor.getProcessInfo', ['full']);

    disk.fill();
    // No more than is kept: all of it must come.
    for (let n = 1000; n < 21_000; n += 5000) await write(client, 'full', lines(n, n + 5000));
    await waitFor('the complaint', () => mainLog().includes('cannot write log file'));
    await write(client, 'beside', lines(0, 1000));
    await waitFor('the other log', () => sandbox.read('beside.log') === lines(0, 1000));
    expect(await stateOf(client, 'full')).toBe('RUNNING');
    disk.free();
    await waitFor('the log to go on', () => disk.read('full.log').length === 210_000);
    expect(disk.read('full.log')).toBe(lines(0, 21_000));
    await waitFor('the word of it', () => mainLog().includes('is written again'));

    // More than is kept: the newest must come, and the rest must be told.
    disk.fill();
    const WRITTEN = 221_000;
    for (let n = 21_000; n < WRITTEN; n += 5000) await write(client, 'full', lines(n, n + 5000));
    await write(client, 'beside', lines(1000, 2000));
    await waitFor('the other log', () => sandbox.read('beside.log') === lines(0, 2000));
    await waitFor('the complaint', () => count(mainLog(), 'cannot write log file') === 2);
    disk.free();
    await waitFor('the word of it', () => count(mainLog(), 'is written again') === 2);
    const log = disk.read('full.log');
    const lost = Number(/written again; (\d+) bytes were lost meanwhile/.exec(mainLog())?.[1]);
    expect(log.length + lost).toBe(WRITTEN * 10);
    const whole = lines(0, WRITTEN);
    expect(log.startsWith(lines(0, 21_000))).toBe(true);
    // One gap, and nothing else. What is kept is 256 KiB but for a read, which may have 128.
    const tail = 130_000;
    expect(log.slice(-tail)).toBe(whole.slice(-tail));
    expect(log.length).toBeGreaterThanOrEqual(210_000 + tail);

    await write(client, 'full', 'the end\n');
    await waitFor('the end', () => disk.read('full.log').endsWith('the end\n'));
    expect((await client.call('supervisor.getProcessInfo', ['full'])).pid).toBe(pid);
    expect(mainLog().match(/WARN .*full\.log.*/g)).toEqual([
      expect.stringMatching(/cannot write log file .*full\.log: ENOSPC/),
      expect.stringMatching(/full\.log is written again$/),
      expect.stringMatching(/cannot write log file .*full\.log: ENOSPC/),
      expect.stringMatching(/full\.log is written again; \d+ bytes were lost meanwhile$/),
    ]);
    await endsWell(daemon, sandbox);
  },
  60_000,
);

withMounts(
  'a daemon that is started on a full disk runs its programs, and catches up with its logs',
  async () => {
    sandbox.configure(
      [
        '[program:auto]\ncommand=/bin/cat\nstartsecs=0',
        '[program:later]\ncommand=/bin/sleep 1000\nautostart=false',
      ].join('\n'),
      [
        `logfile=${sandbox.path('disk/main.log')}`,
        `pidfile=${sandbox.path('disk/d.pid')}`,
        `childlogdir=${sandbox.path('disk')}`,
      ].join('\n'),
    );
    // Each option once.
    const text = sandbox.read('supervisord.conf').split('\n');
    const own = new Set([
      `logfile=${sandbox.path('main.log')}`,
      `pidfile=${sandbox.path('d.pid')}`,
    ]);
    const kept = text.filter((line) => !own.has(line) && line !== `childlogdir=${sandbox.folder}`);
    sandbox.write('supervisord.conf', kept.join('\n'));

    const daemon = start(fill);
    const client = await isUp(sandbox, daemon);
    const disk = new Disk(daemon);
    await waitForRpcState(client, 'auto', 'RUNNING');
    expect(daemon.stdout()).toContain(
      `CRIT could not write pidfile ${sandbox.path('disk/d.pid')}\n`,
    );
    expect(daemon.stdout()).toMatch(/WARN cannot write log file .*main\.log: ENOSPC/);
    await write(client, 'auto', lines(0, 100));
    await waitFor('the complaint', () =>
      /cannot write log file .*auto-stdout---supervisor-\w+\.log: ENOSPC/.test(daemon.stdout()),
    );
    await client.call('supervisor.startProcess', ['later', false]);

    disk.free();
    const { stdout_logfile: log } = await client.call('supervisor.getProcessInfo', ['auto']);
    await waitFor(
      'the output',
      async () => disk.read(log.slice(log.lastIndexOf('/') + 1)) === lines(0, 100),
    );
    await waitFor('the word of it', () => count(daemon.stdout(), 'is written again') === 2);
    await waitFor('both logs to be the same', () => disk.read('main.log') === daemon.stdout());
    expect(disk.read('main.log')).toMatch(/spawned: 'auto'[^]*spawned: 'later'/);
    expect(daemon.stderr()).toBe('');
    await endsWell(daemon);
  },
  60_000,
);

withMounts(
  'what is captured is told to listeners though the log of its program is on a full disk',
  async () => {
    const token = (name: string): string => `<!--XSUPERVISOR:${name}-->`;
    sandbox.configure(
      [
        echoing('full', sandbox.path('disk/full.log'), 'stdout_capture_maxbytes=1MB'),
        '[eventlistener:heard]',
        `command=${fromRoot('e2e/fixtures/listeners/loop.sh')} ${sandbox.path('heard')}`,
        'events=PROCESS_COMMUNICATION',
        'startsecs=0',
      ].join('\n'),
    );
    const daemon = start(fill);
    const client = await isUp(sandbox, daemon);
    await waitForRpcState(client, 'full', 'RUNNING');
    const said = `before${token('BEGIN')}one word${token('END')}after ${'.'.repeat(100)}\n`;
    await write(client, 'full', said);
    await waitFor('the event', () => sandbox.read('heard').includes('|'));
    expect(sandbox.read('heard')).toMatch(
      /PROCESS_COMMUNICATION_STDOUT.*\|.*groupname:full pid:\d+/,
    );
    const disk = new Disk(daemon);
    disk.free();
    await waitFor('the log', () => statSync(disk.path('full.log')).size > 0);
    await waitFor('all of it', () => disk.read('full.log') === `beforeafter ${'.'.repeat(100)}\n`);
    await endsWell(daemon, sandbox);
  },
);

withMounts('a log that rotates loses nothing to a full disk that it can free itself', async () => {
  sandbox.configure(
    echoing(
      'full',
      sandbox.path('disk/full.log'),
      'stdout_logfile_maxbytes=100KB\nstdout_logfile_backups=1',
    ),
  );
  const daemon = start();
  const client = await isUp(sandbox, daemon);
  const disk = new Disk(daemon);
  await write(client, 'full', lines(0, 5000));
  await waitFor('the first lines', () => disk.read('full.log').length === 50_000);
  disk.fill();
  await write(client, 'full', lines(5000, 20_000));
  await waitFor('the complaint', () => mainLog().includes('cannot write log file'));
  disk.free();
  const files = (): string => {
    try {
      return disk.read('full.log.1') + disk.read('full.log');
    } catch {
      return ''; // ENOENT: between two renames.
    }
  };
  await waitFor('the rest', () => files() === lines(0, 20_000));
  expect(mainLog()).toMatch(/full\.log is written again\n/);
  await endsWell(daemon, sandbox);
});
