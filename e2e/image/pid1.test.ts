import { afterEach, describe, expect, test } from '@jest/globals';

import { waitFor } from '../support/sandbox.ts';
import { Box, sleeper, anybody, skipped, statusOf, whyNoBox } from './support/box.ts';
import type { BoxOptions } from './support/box.ts';

const inBox = whyNoBox === undefined ? test : test.skip;

let box: Box | undefined;
afterEach(() => box?.close());

describe(`as pid 1 of an image that holds only a busybox${skipped}`, () => {
  const inhabitants: readonly (readonly [string, BoxOptions, string])[] = [
    ['root', {}, '/run'],
    ['root without /etc/passwd', { noAccounts: true }, '/run'],
    ['root without an environment', { environment: {} }, '/run'],
    ['any uid with group 0', { user: anybody }, '/run'],
    ['any uid without /etc/passwd', { user: anybody, noAccounts: true }, '/run'],
    ['any uid, /dev/shm alone', { user: anybody, noAccounts: true, readOnly: true }, '/dev/shm'],
    ['root, /dev/shm alone', { readOnly: true, environment: {} }, '/dev/shm'],
  ];
  inBox.each(inhabitants)('it starts, tells its status and stops as %s', async (_, options, at) => {
    box = await Box.make(options);
    box.configure(sleeper, [], at);
    const daemon = await box.startDaemon();
    expect(daemon.stdout()).toContain('supervisord started with pid 1\n');
    await box.waitForState('sleeper', 'RUNNING');
    const { status, stdout } = await box.ctl('status');
    expect(stdout).toMatch(/^sleeper +RUNNING +pid \d+, uptime 0:00:0\d$/m);
    expect(status).toBe(0);
    expect((await box.stop()).status).toBe(0);
  });

  inBox('a read-only root does not hinder it where its files were to be', async () => {
    box = await Box.make({ user: anybody, noAccounts: true, readOnly: true });
    box.write(
      '/etc/supervisord.conf',
      ['[supervisord]', '[program:sleeper]', 'command=/bin/sleep 1000', ''].join('\n'),
    );
    const daemon = box.run('/opt/tsvisor/bin/supervisord', '-n');
    await waitFor('it to run', () => daemon.stdout().includes('success: sleeper'));
    expect(daemon.stdout()).toContain('could not write pidfile /supervisord.pid');
    expect((await box.stop()).status).toBe(0);
  });

  inBox('it starts in an image without any shell', async () => {
    box = await Box.make({ noShell: true });
    box.configure([
      '[program:sleeper]',
      'command=/opt/tsvisor/bin/node -e "setInterval(() => {}, 1000)"',
    ]);
    const daemon = box.run('/opt/tsvisor/no-shell/supervisord', '-n');
    await waitFor('the program', () => daemon.stdout().includes('success: sleeper'));
    const { stdout } = await box.exec('/opt/tsvisor/no-shell/supervisorctl', 'status');
    expect(stdout).toMatch(/^sleeper +RUNNING /m);
    expect((await box.stop()).status).toBe(0);
  });

  inBox(
    'it leaves no zombie of 500 orphans',
    async () => {
      box = await Box.make();
      const orphans = box.script(
        'orphans',
        'i=0',
        'while [ $i -lt 500 ]; do',
        '  (/bin/true &)',
        '  i=$((i + 1))',
        'done',
        'echo all of them',
        'exec sleep 1000',
      );
      box.configure([
        '[program:orphans]',
        `command=${orphans}`,
        'stdout_logfile=/dev/stdout',
        'stdout_logfile_maxbytes=0',
      ]);
      const daemon = await box.startDaemon();
      await waitFor('500 orphans', () => daemon.stdout().includes('all of them'), 30_000);
      await waitFor('no zombie', () =>
        (box as Box).others().every((pid) => !statusOf(pid, 'State').startsWith('Z')),
      );
      expect(daemon.stdout()).toContain('reaped unknown pid');
      expect((await box.stop()).status).toBe(0);
    },
    60_000,
  );

  inBox(
    'it reports the right status of 200 programs that exit at once',
    async () => {
      box = await Box.make();
      box.configure([
        '[program:exit]',
        'process_name=exit_%(process_num)d',
        'numprocs=200',
        `command=/bin/sh -c 'until [ -e /work/go ]; do sleep 0.2; done; exit %(process_num)d'`,
        'startsecs=0',
        'autorestart=false',
      ]);
      const daemon = await box.startDaemon();
      const count = (pattern: RegExp): number => (daemon.stdout().match(pattern) ?? []).length;
      await waitFor('all to run', () => count(/ success: /g) === 200, 60_000);
      box.write('/work/go', '');
      await waitFor('all exits', () => count(/exited: exit_/g) === 200, 60_000);
      const told = daemon.stdout().match(/exited: exit_\d+ \(exit status \d+;/g);
      const wanted = Array.from({ length: 200 }, (_, n) => `exited: exit_${n} (exit status ${n};`);
      expect(told?.toSorted()).toEqual(wanted.toSorted());
      expect((await box.stop()).status).toBe(0);
    },
    120_000,
  );

  inBox(
    'it starts again and again over the pidfile and socket of a killed one',
    async () => {
      box = await Box.make();
      box.configure(sleeper);
      for (let round = 0; round < 4; round++) {
        const daemon = await box.startDaemon();
        await waitFor('it to run', () => daemon.stdout().includes('success: sleeper'));
        expect(box.read('/run/d.pid')).toBe('1\n');
        expect((await box.ctl('status')).status).toBe(0);
        box.signal('SIGKILL');
        await daemon.ended();
      }
      await box.startDaemon();
      expect((await box.stop()).status).toBe(0);
      expect(box.read('/run/d.pid')).toBe('');
    },
    60_000,
  );
});
