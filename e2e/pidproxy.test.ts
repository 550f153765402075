// pidproxy, with real commands, pidfiles and signals.
import { existsSync, symlinkSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { Sandbox, fromRoot, waitFor } from './support/sandbox.ts';
import type { Running } from './support/sandbox.ts';

const pidproxy = fromRoot('packages/daemon/bin/pidproxy');
const TICK_MS = 5000;

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.close());

const lines = (name: string): string[] => box.read(name).split('\n').filter(Boolean);

/** Writes down each signal that it is sent, and its own pid. */
const daemon = `#!/bin/sh
exec >log 2>&1
for name in TERM INT QUIT HUP USR1 USR2; do trap "echo $name >>signals" $name; done
printf ' %s\\n' $$ >pid.new
mv pid.new pid
while [ ! -e stop ]; do sleep 0.05; done
`;

/** pidproxy with that program, which runs and has written its pidfile. */
async function start(): Promise<Running> {
  box.write('daemon', daemon, 0o755);
  const running = box.run(pidproxy, ['pid', 'daemon']);
  await waitFor('the pidfile', () => existsSync(box.path('pid')));
  box.adopt(Number(box.read('pid')));
  return running;
}

describe('pidproxy', () => {
  test.each([[[]], [['pidfile']]])(
    'given only %j says how it is used, on stdout',
    async (words) => {
      const { status, stdout, stderr } = await box.run(pidproxy, words).ended();
      expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
      const [first, ...rest] = stdout.split('\n');
      expect(first).toBe('pidproxy -- run command and proxy signals to it via its pidfile.');
      expect(rest.slice(-3)).toEqual([
        `Usage: ${pidproxy} <pidfile name> <command> [<cmdarg1> ...]`,
        '',
        '',
      ]);
    },
  );

  test.each(['SIGTERM', 'SIGINT', 'SIGQUIT'] as const)(
    'passes %s on and ends with 0 at once, though the program stays',
    async (signal) => {
      const running = await start();
      running.process.kill(signal);
      const { status } = await running.ended(TICK_MS - 1000);
      expect(status).toBe(0);
      await waitFor('the signal', () => lines('signals').includes(signal.slice(3)));
    },
  );

  test('passes HUP, USR1 and USR2 on and stays', async () => {
    const running = await start();
    for (const signal of ['HUP', 'USR1', 'USR2']) {
      running.process.kill(`SIG${signal}` as NodeJS.Signals);
      await waitFor(signal, () => lines('signals').includes(signal));
    }
    expect(running.process.exitCode).toBeNull();
  });

  test('reads the pidfile anew for each signal, and drops one for which it cannot', async () => {
    const running = await start();
    const pid = box.read('pid');
    for (const [count, bad] of ['', 'no pid', '0', '-1'].entries()) {
      box.write('pid', bad);
      running.process.kill('SIGTERM');
      const said = "Can't read child pidfile pid!\n".repeat(count + 1);
      await waitFor('what it says', () => running.stdout() === said);
    }
    expect(running.process.exitCode).toBeNull();
    box.write('pid', pid);
    running.process.kill('SIGTERM');
    expect((await running.ended()).status).toBe(0);
    await waitFor('the signal', () => lines('signals').length > 0);
    expect(lines('signals')).toEqual(['TERM']);
  });

  test('ends with 1 when the process of the pidfile is not there', async () => {
    const running = await start();
    const gone = box.run('/bin/sh', ['-c', 'echo $$']);
    const pid = (await gone.ended()).stdout;
    box.write('pid', pid);
    running.process.kill('SIGHUP');
    const { status, stderr } = await running.ended();
    expect(status).toBe(1);
    expect(stderr).toContain(`cannot send SIGHUP to process ${pid.trim()}, which pid names`);
  });

  test('ends with 0 after five seconds when the command has ended, whatever its status', async () => {
    const started = performance.now();
    const { status } = await box.run(pidproxy, ['pid', '/bin/sh', '-c', 'exit 7']).ended();
    expect(status).toBe(0);
    expect(performance.now() - started).toBeGreaterThan(TICK_MS - 100);
  });

  test('ends likewise when the command cannot be run: PATH is not searched', async () => {
    const { status, stdout, stderr } = await box.run(pidproxy, ['pid', 'true']).ended();
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('runs the command under the name that was typed, with everything it was given itself', async () => {
    symlinkSync('/bin/sh', box.path('shell'));
    const show = 'echo "$0"; ulimit -Sn; env';
    const limited = `ulimit -Sn 77; exec "$0" pid ./shell -c '${show}'`;
    const env = { PATH: process.env['PATH'], PWD: box.folder, GIVEN: 'yes' };
    const { stdout } = await box.run('/bin/sh', ['-c', limited, pidproxy], env).ended();
    const shown = stdout.split('\n');
    expect(shown.slice(0, 2)).toEqual(['./shell', '77']);
    expect(shown).toContain('GIVEN=yes');
    expect(stdout).not.toContain('TSVISOR');
  });
});
