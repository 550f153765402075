import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, describe, expect, test } from '@jest/globals';

import { waitFor } from '../support/sandbox.ts';
import { Box, sleeper, hasStarted, skipped, statusOf, whyNoBox } from './support/box.ts';

const inBox = whyNoBox === undefined ? test : test.skip;

let box: Box | undefined;
afterEach(() => box?.close());

/** Ends a given time after TERM, and says so in /work. */
const slow = (seconds: number): string[] => [
  `trap 'sleep ${seconds}; echo done >>/work/done; exit 0' TERM`,
  'echo ready >>/work/ready',
  'while :; do sleep 0.05; done',
];
const lines = (text: string): number => text.split('\n').length - 1;

describe(`the stop of an image${skipped}`, () => {
  inBox('four programs that need 3 s each are stopped within 5 s', async () => {
    box = await Box.make();
    const program = box.script('slow', ...slow(3));
    box.configure(
      ['a', 'b', 'c', 'd'].flatMap((name) => [`[program:${name}]`, `command=${program}`]),
    );
    await box.startDaemon();
    await waitFor('all four', () => lines((box as Box).read('/work/ready')) === 4);
    const asked = performance.now();
    expect((await box.stop()).status).toBe(0);
    expect(performance.now() - asked).toBeLessThan(5000);
    expect(lines(box.read('/work/done'))).toBe(4);
  });

  inBox('one that ignores TERM is killed after its stopwaitsecs, and the status is 0', async () => {
    box = await Box.make();
    const deaf = box.script(
      'deaf',
      "trap '' TERM",
      'echo >/work/ready',
      'while :; do sleep 1; done',
    );
    box.configure(['[program:deaf]', `command=${deaf}`, 'stopwaitsecs=1']);
    const daemon = await box.startDaemon();
    await waitFor('it to be deaf', () => (box as Box).read('/work/ready'));
    const asked = performance.now();
    expect((await box.stop()).status).toBe(0);
    expect(performance.now() - asked).toBeLessThan(4000);
    expect(daemon.stdout()).toContain('stopped: deaf (terminated by SIGKILL)');
  });

  // The kernel keeps a signal from a pid 1 that has no handler for it, and node's own handler only
  // sends it again: before the first statement of tsvd nothing can know that it was asked to end.
  inBox.each([5, 10, 20, 40, 60, 100, 200, 400, 800])(
    'TERM %i ms after the start ends it within a second, unless it came before tsvd ran',
    async (delay) => {
      box = await Box.make();
      box.configure(sleeper);
      const daemon = box.run('/opt/tsvisor/bin/supervisord', '-n');
      const { pid } = await waitFor('the launcher', () => launched(box as Box));
      await sleep(delay);
      const wasRunning = daemon.stdout() !== '';
      process.kill(pid, 'SIGTERM');
      const ended = await Promise.race([daemon.ended(), sleep(1000)]);
      if (ended === undefined) {
        expect(wasRunning).toBe(false);
        await waitFor('it to run', () => hasStarted(daemon));
        process.kill(pid, 'SIGTERM');
      }
      expect((await daemon.ended(1000)).status).toBe(0);
      expect(daemon.stdout()).not.toContain('SIGKILL');
    },
  );

  inBox('a storm of TERM, HUP and CHLD is one shutdown', async () => {
    box = await Box.make();
    const program = box.script('slow', ...slow(0.3));
    box.configure(['[program:slow]', `command=${program}`]);
    const daemon = await box.startDaemon();
    await waitFor('it to be ready', () => (box as Box).read('/work/ready'));
    const { pid } = box;
    for (let count = 0; count < 100; count++) process.kill(pid, 'SIGTERM');
    for (const signal of ['SIGHUP', 'SIGCHLD'] as const) process.kill(pid, signal);
    expect((await daemon.ended()).status).toBe(0);
    expect(lines(box.read('/work/ready'))).toBe(1);
    expect(daemon.stdout().match(/stopped: slow/g)).toHaveLength(1);
  });

  inBox('a log that nobody reads holds up neither the programs nor the stop', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tv'));
    const pipe = join(folder, 'stalled');
    spawnSync('mkfifo', [pipe]);
    const stalled = openSync(pipe, 'r+');
    try {
      box = await Box.make({ stdout: stalled });
      const chatty = box.script('chatty', 'echo >/work/ready', 'exec yes');
      box.configure([
        '[program:chatty]',
        `command=${chatty}`,
        'stdout_logfile=/dev/stdout',
        'stdout_logfile_maxbytes=0',
        ...sleeper,
      ]);
      box.run('/opt/tsvisor/bin/supervisord', '-n', '-e', 'blather');
      await waitFor('it to write', () => (box as Box).read('/work/ready'));
      await sleep(1000);
      const before = memoryOf(box.pid);
      await sleep(1000);
      expect(memoryOf(box.pid) - before).toBeLessThan(16_384);
      expect((await box.ctl('status', 'sleeper')).stdout).toContain('RUNNING');
      const asked = performance.now();
      expect((await box.stop()).status).toBe(0);
      expect(performance.now() - asked).toBeLessThan(3000);
    } finally {
      closeSync(stalled);
      rmSync(folder, { recursive: true });
    }
  });

  inBox('the exit status is 2 for a configuration that is wrong', async () => {
    box = await Box.make();
    box.configure(['[program:wrong]']);
    const { status, stderr } = await box.run('/opt/tsvisor/bin/supervisord', '-n').ended();
    expect(status).toBe(2);
    expect(stderr).toContain('program section program:wrong does not specify a command');
  });

  inBox('the exit status is not 0 when pid 1 is killed', async () => {
    box = await Box.make();
    box.configure(sleeper);
    const daemon = await box.startDaemon();
    box.signal('SIGKILL');
    expect((await daemon.ended()).status).not.toBe(0);
  });

  inBox('what programs left in other sessions gets TERM before the end: the sweep', async () => {
    box = await Box.make();
    const left = box.script(
      'left',
      "trap 'echo asked >/work/asked; exit 0' TERM",
      'echo >/work/ready',
      'while :; do sleep 0.05; done',
    );
    const parent = box.script('parent', `setsid ${left} &`, 'exec sleep 1000');
    box.configure(['[program:parent]', `command=${parent}`]);
    await box.startDaemon();
    await waitFor('what is left behind', () => (box as Box).read('/work/ready'));
    expect((await box.stop()).status).toBe(0);
    expect(box.read('/work/asked')).toBe('asked\n');
  });

  inBox('it can be stopped as soon as it says that it started', async () => {
    box = await Box.make();
    box.configure(sleeper);
    const daemon = box.run('/opt/tsvisor/bin/supervisord', '-n');
    await waitFor('its word', () => hasStarted(daemon));
    const asked = performance.now();
    expect((await box.stop()).status).toBe(0);
    expect(performance.now() - asked).toBeLessThan(1000);
  });
});

/** The box's pid 1, once it is the launcher, or node. */
function launched(one: Box): { readonly pid: number } | undefined {
  try {
    const { pid } = one;
    const name = statusOf(pid, 'Name');
    return name === 'supervisord' || name === 'node' ? { pid } : undefined;
  } catch {
    return undefined; // There is no pid 1 yet.
  }
}

/** In kB. */
const memoryOf = (pid: number): number => Number.parseInt(statusOf(pid, 'RssAnon'), 10);
