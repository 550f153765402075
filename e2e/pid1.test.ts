import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, descendants, fromRoot, tsvdProgram, waitFor } from './support/sandbox.ts';
import type { Running } from './support/sandbox.ts';

const asRoot = process.getuid?.() === 0 ? test : test.skip;

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/** Runs tsvd as pid 1 of a pid namespace of its own; `pid` is its pid outside. */
async function startAsPid1(config: string): Promise<{ daemon: Running; pid: number }> {
  const namespace = ['--pid', '--fork', '--kill-child', '--mount-proc'];
  const daemon = sandbox.run('unshare', [...namespace, tsvdProgram, '-n', '-c', config]);
  await waitFor('tsvd to start as pid 1', () =>
    daemon.stdout().includes('supervisord started with pid 1\n'),
  );
  const [pid] = descendants(daemon.process.pid as number);
  return { daemon, pid: pid as number };
}

function readOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended while we looked.
    return '';
  }
}

/** conf/two-services.conf with its socket and pidfile in the sandbox: others may run it too. */
function twoServices(): string {
  const text = readFileSync(fromRoot('conf/two-services.conf'), 'utf8');
  return sandbox.write(
    'two-services.conf',
    text.replaceAll('/tmp/', `${sandbox.folder}/`).replaceAll('%(here)s/..', fromRoot('.')),
  );
}

asRoot('as pid 1 it lets both services finish their work, and only then exits with 0', async () => {
  const { daemon, pid } = await startAsPid1(twoServices());
  await waitFor('the services to be RUNNING', () =>
    ['web', 'queue', 'mailer'].every((name) => daemon.stdout().includes(`success: ${name} `)),
  );
  const asked = performance.now();
  process.kill(pid, 'SIGTERM');
  const { status, stdout } = await daemon.ended();

  expect(status).toBe(0);
  // stopwaitsecs is 10: nothing was killed.
  expect(performance.now() - asked).toBeLessThan(10_000);
  for (const line of [
    /^web: TERM received, request \d+ answered, nothing left to do$/m,
    /^queue: QUIT received, job \d+ done, nothing left to do$/m,
    /^mailer: worker sent mail \d+, nothing left to send$/m,
    /^mailer: TERM received, the worker has finished$/m,
    /INFO stopped: web \(exit status 0\)$/m,
    /INFO stopped: queue \(exit status 0\)$/m,
    /INFO stopped: mailer \(exit status 0\)$/m,
  ]) {
    expect(stdout).toMatch(line);
  }
  expect(stdout).not.toContain('SIGKILL');
});

asRoot('as pid 1 it leaves no zombie of 500 orphans', async () => {
  sandbox.write(
    'orphans',
    [
      '#!/bin/sh',
      'i=0',
      'while [ $i -lt 500 ]; do',
      '  (: & exec true)',
      '  i=$((i + 1))',
      'done',
      'exec sleep 1000',
    ].join('\n'),
    0o755,
  );
  sandbox.configure(`[program:orphans]\ncommand=${sandbox.path('orphans')}`);
  const { daemon, pid } = await startAsPid1(sandbox.path('supervisord.conf'));
  await waitFor('the orphans to be adopted and reaped', () => {
    return (daemon.stdout().match(/reaped unknown pid \d+ \(exit status 0\)/g) ?? []).length >= 400;
  });
  await waitFor('the program to have forked all', () =>
    descendants(pid).some((one) => readOf(one, 'cmdline') === 'sleep\0' + '1000\0'),
  );
  await waitFor('no zombie to be left', () =>
    descendants(pid).every((one) => !/^State:\s+Z/m.test(readOf(one, 'status'))),
  );
  process.kill(pid, 'SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});

asRoot('as pid 1 it reports the right status of 200 programs that exit at once', async () => {
  sandbox.configure(
    [
      '[program:exit]',
      'process_name=exit_%(process_num)d',
      'numprocs=200',
      `command=/bin/sh -c 'until [ -e ${sandbox.path('go')} ]; do sleep 0.1; done; exit %(process_num)d'`,
      'startsecs=0',
      'autorestart=false',
    ].join('\n'),
  );
  const { daemon, pid } = await startAsPid1(sandbox.path('supervisord.conf'));
  await waitFor('all to be started', () => daemon.stdout().includes('success: exit_99 '));
  await waitFor(
    'all to be started',
    () => (daemon.stdout().match(/ success: /g) ?? []).length === 200,
  );
  sandbox.write('go', '');
  const lines = (): string[] => daemon.stdout().match(/exited: exit_\d+ \(exit status \d+;/g) ?? [];
  await waitFor('all exits', () => lines().length >= 200);

  const wanted = Array.from({ length: 200 }, (_, n) => `exited: exit_${n} (exit status ${n};`);
  expect(lines().toSorted()).toEqual(wanted.toSorted());
  process.kill(pid, 'SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
});
