import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, descendants, waitFor } from '../support/sandbox.ts';
import { count, descriptorsOf, endsWell, isUp } from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const PROGRAMS = 2000;

test('2,000 programs start, are told of, restart and stop, each once', async () => {
  sandbox.configure(
    [
      '[program:many]',
      'process_name=%(process_num)04d',
      `numprocs=${PROGRAMS}`,
      'command=/bin/sleep 1000',
      'startsecs=0',
      'stdout_logfile=NONE',
      'stderr_logfile=NONE',
    ].join('\n'),
    `minfds=${PROGRAMS * 4}\nlogfile_maxbytes=0`,
  );
  const daemon = await sandbox.startDaemon();
  const pid = daemon.process.pid as number;
  const client = await isUp(sandbox, daemon);
  const log = (): string => sandbox.read('main.log');
  const infos = () => client.call('supervisor.getAllProcessInfo', []);
  const allRun = async (starts: number): Promise<void> => {
    await waitFor('all to run', () => count(log(), 'success: ') === starts * PROGRAMS, 90_000);
    const all = await infos();
    expect(all.filter(({ statename }) => statename === 'RUNNING')).toHaveLength(PROGRAMS);
  };
  await allRun(1);
  expect(count(log(), 'spawned: ')).toBe(PROGRAMS);
  expect(new Set((await infos()).map((info) => info.pid)).size).toBe(PROGRAMS);
  const before = descriptorsOf(pid);

  const { stdout } = await sandbox.ctl('status');
  expect(stdout.match(/^many:\d{4} +RUNNING +pid \d+, uptime /gm)).toHaveLength(PROGRAMS);

  // All die at once: all are back, and none is counted twice.
  for (const info of await infos()) process.kill(info.pid, 'SIGKILL');
  await allRun(2);
  expect(count(log(), 'spawned: ')).toBe(2 * PROGRAMS);
  expect(count(log(), '(terminated by SIGKILL; not expected)')).toBe(PROGRAMS);

  const stopped = await client.call('supervisor.stopAllProcesses', []);
  expect(stopped).toHaveLength(PROGRAMS);
  expect(count(log(), 'stopped: ')).toBe(PROGRAMS);
  expect(descendants(pid)).toEqual([]);
  expect(await client.call('supervisor.startAllProcesses', [])).toHaveLength(PROGRAMS);
  await waitFor('descriptors as before', () => descriptorsOf(pid) <= before);
  expect(log()).not.toMatch(/SIGKILL$|spawnerr|CRIT (?!Supervisor is running as root|Server)/m);
  await endsWell(daemon, sandbox);
  expect(count(log(), 'stopped: ')).toBe(2 * PROGRAMS);
}, 300_000);
