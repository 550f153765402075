// A configuration that cannot be used any more, while programs run by what it was.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, waitFor } from '../support/sandbox.ts';
import { count, endsWell, isUp } from './support/daemon.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const path = (): string => sandbox.path('supervisord.conf');
const mainLog = (): string => sandbox.read('main.log');

const faults: readonly (readonly [what: string, make: () => void, why: RegExp])[] = [
  ['is gone', () => rmSync(path()), /could not (?:find|read|open)[^\n]*supervisord\.conf/i],
  [
    'is a folder',
    () => {
      rmSync(path());
      mkdirSync(path());
    },
    /supervisord\.conf/,
  ],
  [
    'is not a configuration',
    () => writeFileSync(path(), 'command=/bin/cat\n'),
    /no section headers/,
  ],
  [
    'is a pipe that nobody writes to',
    () => {
      rmSync(path());
      execFileSync('mkfifo', [path()]);
    },
    /does not include supervisord section/,
  ],
  [
    'is a device that never ends',
    () => {
      rmSync(path());
      symlinkSync('/dev/zero', path());
    },
    /no section headers/,
  ],
  ['is empty', () => writeFileSync(path(), ''), /supervisord/],
  [
    'has a bad value',
    () => writeFileSync(path(), '[supervisord]\nloglevel=loud\n'),
    /loglevel|logging level name 'loud'/,
  ],
  [
    'has a program without a command',
    () => sandbox.configure('[program:new]\ncomand=/bin/cat'),
    /program:new/,
  ],
  [
    'is noise',
    () =>
      writeFileSync(path(), Buffer.from(Array.from({ length: 4000 }, (_, n) => (n * 7919) % 256))),
    /codec can't decode byte/,
  ],
];

test.each(faults)(
  'where the file %s, HUP, reread and update change nothing, and say why in a line',
  async (_, make, why) => {
    sandbox.configure('[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0');
    const daemon = await sandbox.startDaemon();
    const client = await isUp(sandbox, daemon);
    await waitFor('the program', () => mainLog().includes('success: web'));
    const { pid } = await client.call('supervisor.getProcessInfo', ['web']);
    const good = sandbox.read('supervisord.conf');
    make();

    const refusal = await client.call('supervisor.reloadConfig', []).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    expect(refusal).toMatch(/^CANT_REREAD: \S/);
    daemon.process.kill('SIGHUP');
    const line = await waitFor(
      'the refusal of HUP',
      () => /.* CRIT .*not restarting.*\n/.exec(mainLog())?.[0],
    );
    expect(line).toMatch(why);
    expect((await client.call('supervisor.getProcessInfo', ['web'])).pid).toBe(pid);
    expect((await client.call('supervisor.getState', [])).statename).toBe('RUNNING');

    rmSync(path(), { recursive: true, force: true });
    writeFileSync(path(), good);
    expect(await client.call('supervisor.reloadConfig', [])).toEqual([[[], [], []]]);
    daemon.process.kill('SIGHUP');
    await waitFor('the restart', () => count(mainLog(), 'supervisord started with pid') === 2);
    await endsWell(daemon, sandbox);
  },
);

test('a restart by RPC is refused by the line in the log alone, as it has been answered', async () => {
  sandbox.configure('[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0');
  const daemon = await sandbox.startDaemon();
  const client = await isUp(sandbox, daemon);
  const { pid } = await client.call('supervisor.getProcessInfo', ['web']);
  rmSync(path());
  await client.call('supervisor.restart', []);
  await waitFor('the refusal', () => / CRIT .*not restarting/.test(mainLog()));
  expect((await client.call('supervisor.getProcessInfo', ['web'])).pid).toBe(pid);
  await endsWell(daemon, sandbox);
});
