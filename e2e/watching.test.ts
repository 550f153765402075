// Files that are watched: watch_config= of the daemon, watch= of programs.
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { Sandbox, tsvdProgram, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const program = (name: string, ...options: readonly string[]): string =>
  [`[program:${name}]`, 'command=sleep 1000', 'startsecs=0', ...options, ''].join('\n');

/** Waits for a line, and returns the log from there on. */
async function logged(line: string | RegExp): Promise<string> {
  const find = (): number => {
    const log = sandbox.read('main.log');
    return typeof line === 'string' ? log.indexOf(line) : log.search(line);
  };
  await waitFor(`the line ${line} in ${sandbox.read('main.log')}`, () => find() >= 0);
  return sandbox.read('main.log').slice(find());
}

/** So far as it is about what is watched. */
const watchLines = (): string[] =>
  sandbox
    .read('main.log')
    .split('\n')
    .filter((line) => /has changed|update|watching/.test(line))
    .map((line) => line.replaceAll(`${sandbox.folder}/`, '').replace(/^\S+ \S+ /, ''));

const count = (line: string): number => sandbox.read('main.log').split(line).length - 1;

async function pidOf(name: string): Promise<string> {
  return (await sandbox.ctl('pid', name)).stdout.trim();
}

describe('watch_config', () => {
  const include = '[include]\nfiles=conf.d/*.conf\n';

  async function start(mode: string, more = ''): Promise<void> {
    mkdirSync(sandbox.path('conf.d'));
    sandbox.configure(include + more, `watch_config=${mode}`);
    await sandbox.startDaemon();
    await logged('watching the configuration');
  }

  test('=update does what the files say, and nothing while they are broken', async () => {
    await start('update', program('web'));
    const web = await pidOf('web');
    sandbox.write('conf.d/a.conf', program('a', 'startretries=many'));
    await logged(/conf\.d\/a\.conf has changed, but .*'many'.*conf\.d\/a\.conf:4: \[program:a\]/);
    sandbox.write('conf.d/a.conf', program('a'));
    await logged('the update is done: added a');
    await sandbox.waitForState('a', 'RUNNING');
    sandbox.configure(include + program('web', 'priority=5'), 'watch_config=update');
    await logged('the update is done: changed web');
    await sandbox.waitForState('web', 'RUNNING');
    expect(await pidOf('web')).not.toBe(web);
    rmSync(sandbox.path('conf.d/a.conf'));
    await logged('the update is done: removed a');
    expect(watchLines()).toEqual([
      'INFO watching the configuration (watch_config=update): supervisord.conf',
      expect.stringMatching(/^ERRO conf.d\/a.conf has changed, but/),
      'INFO conf.d/a.conf has changed: an update begins, to add a',
      'INFO the update is done: added a',
      'INFO supervisord.conf has changed: an update begins, to change web',
      'INFO the update is done: changed web',
      'INFO conf.d/a.conf has changed: an update begins, to remove a',
      'INFO the update is done: removed a',
    ]);
  });

  test('=notify tells what an update would do, and leaves that to somebody', async () => {
    await start('notify', program('web'));
    sandbox.configure(include + program('db'), 'watch_config=notify\nminfds=512');
    await logged('supervisord.conf has changed: an update would add db; remove web');
    await logged('[supervisord] minfds changed: takes effect with a reload');
    expect((await sandbox.ctl('status')).stdout).toMatch(/^web +RUNNING/);
    expect((await sandbox.ctl('update')).stdout).toContain('db: added process group');
  });

  test('finds a folder of includes that comes later', async () => {
    sandbox.configure(include, 'watch_config=update');
    await sandbox.startDaemon();
    await logged('watching the configuration');
    mkdirSync(sandbox.path('conf.d'));
    sandbox.write('conf.d/a.conf', program('a'));
    await logged('the update is done: added a');
    rmSync(sandbox.path('conf.d'), { recursive: true });
    await logged('the update is done: removed a');
    mkdirSync(sandbox.path('conf.d'));
    sandbox.write('conf.d/b.conf', program('b'));
    await logged('the update is done: added b');
    expect((await sandbox.ctl('status')).stdout).toMatch(/^b +RUNNING/);
  });

  test('sees a ConfigMap that is swapped', async () => {
    const swap = (version: string, text: string): void => {
      mkdirSync(sandbox.path(`conf.d/..${version}`));
      sandbox.write(`conf.d/..${version}/a.conf`, text);
      symlinkSync(`..${version}`, sandbox.path('conf.d/..tmp'));
      renameSync(sandbox.path('conf.d/..tmp'), sandbox.path('conf.d/..data'));
    };
    mkdirSync(sandbox.path('conf.d'));
    swap('v1', program('a'));
    symlinkSync('..data/a.conf', sandbox.path('conf.d/a.conf'));
    sandbox.configure(include, 'watch_config=update');
    await sandbox.startDaemon();
    await logged('watching the configuration');
    swap('v2', program('a') + program('b'));
    await logged('the update is done: added b');
    rmSync(sandbox.path('conf.d/..v1'), { recursive: true });
    swap('v3', program('b'));
    await logged('the update is done: removed a');
    expect((await sandbox.ctl('status')).stdout).toMatch(/^b +RUNNING/);
  });

  test('takes its option from the file when that is loaded again', async () => {
    await start('notify');
    sandbox.configure(include, 'watch_config=update');
    await logged('[supervisord] watch_config changed: takes effect with a reload');
    await sandbox.ctl('reload');
    await logged('watching the configuration (watch_config=update)');
    sandbox.write('conf.d/a.conf', program('a'));
    await logged('the update is done: added a');
    sandbox.configure(include, 'watch_config=off');
    await logged(/watch_config=update\)[^]*\[supervisord\] watch_config changed/);
    await sandbox.ctl('reload');
    await waitFor('the third start', () => count('supervisord started with pid') === 3);
    expect(count('watching the configuration')).toBe(2);
  });

  test('follows a relative path from where tsvd was started, also in the background', async () => {
    mkdirSync(sandbox.path('elsewhere'));
    mkdirSync(sandbox.path('conf.d'));
    const settings = `watch_config=update\ndirectory=${sandbox.path('elsewhere')}`;
    sandbox.configure(include, settings);
    const { status } = await sandbox.run(tsvdProgram, ['-c', 'supervisord.conf']).ended();
    expect(status).toBe(0);
    sandbox.adopt(Number(sandbox.read('d.pid')));
    await logged('watching the configuration');
    sandbox.write('conf.d/a.conf', program('a'));
    await logged('the update is done: added a');
    const { stdout } = await sandbox.ctl('shutdown');
    expect(stdout).toContain('Shut down');
  });
});

describe('watch', () => {
  async function start(...options: readonly string[]): Promise<void> {
    mkdirSync(sandbox.path('app/src'), { recursive: true });
    const directory = `directory=${sandbox.path('app')}`;
    sandbox.configure(program('web', directory, 'watch_debounce=100ms', ...options));
    await sandbox.startDaemon();
    await logged('watching the files of web');
    await sandbox.waitForState('web', 'RUNNING');
  }

  const restarted = (name: string, file: string): string =>
    `restarting ${name}: ${sandbox.path(file)} has changed (watch)`;

  test('restarts the program when one of its files changes, is made or removed', async () => {
    await start('watch=src/**/*.py,!**/test_*');
    const pids = new Set([await pidOf('web')]);
    sandbox.write('app/src/test_a.py', '');
    sandbox.write('app/src/a.txt', '');
    sandbox.write('app/src/a.py', '');
    await logged(restarted('web', 'app/src/a.py'));
    await sandbox.waitForState('web', 'RUNNING');
    pids.add(await pidOf('web'));
    mkdirSync(sandbox.path('app/src/n'));
    sandbox.write('app/src/n/b.py', '');
    await logged(restarted('web', 'app/src/n/b.py'));
    rmSync(sandbox.path('app/src/n/b.py'));
    await waitFor('the third restart', () => count(restarted('web', 'app/src/n/b.py')) === 2);
    expect(pids.size).toBe(2);
    expect(count('restarting web')).toBe(3);
  });

  test('sees a folder that is built anew each time, and a file that an editor replaces', async () => {
    await start('watch=dist,conf.yaml');
    const restarts = (number: number): Promise<unknown> =>
      waitFor(`restart ${number} in ${sandbox.read('main.log')}`, () => {
        return count('restarting web') === number && count('stopped: web') === number;
      });
    const build = (): void => {
      mkdirSync(sandbox.path('app/dist'));
      sandbox.write('app/dist/main.js', '');
    };
    build();
    await restarts(1);
    rmSync(sandbox.path('app/dist'), { recursive: true });
    await restarts(2);
    build();
    await restarts(3);
    for (const restart of [4, 5]) {
      sandbox.write('app/conf.new', '');
      renameSync(sandbox.path('app/conf.new'), sandbox.path('app/conf.yaml'));
      await restarts(restart);
    }
    expect(count(restarted('web', 'app/dist/main.js'))).toBeGreaterThanOrEqual(2);
    expect(count(restarted('web', 'app/conf.yaml'))).toBe(2);
  });

  test('leaves a program alone that somebody has stopped', async () => {
    await start('watch=src');
    await sandbox.ctl('stop', 'web');
    sandbox.configure(
      program('web', `directory=${sandbox.path('app')}`, 'watch_debounce=100ms', 'watch=src') +
        program('other', `directory=${sandbox.path('app')}`, 'watch=src', 'watch_debounce=100ms'),
    );
    await sandbox.ctl('update');
    await logged('watching the files of other');
    sandbox.write('app/src/x', '');
    await logged(restarted('other', 'app/src/x'));
    expect((await sandbox.ctl('status')).stdout).toMatch(/^web +STOPPED/m);
    expect(count('restarting web')).toBe(0);
  });

  test('goes with the program, and takes each process of it, listeners too', async () => {
    const settings = [
      `directory=${sandbox.path('app')}`,
      'watch=src',
      'watch_debounce=100ms',
      'numprocs=2',
      'process_name=p%(process_num)d',
    ];
    await start('watch=src');
    const more = program('many', ...settings);
    const listener = more.replace('[program:many]', '[eventlistener:ear]\nevents=TICK_60');
    sandbox.configure(more + listener);
    expect((await sandbox.ctl('update')).stdout).toContain('web: removed process group');
    await logged('watching the files of many:p0, many:p1');
    await logged('watching the files of ear:p0, ear:p1');
    sandbox.write('app/src/x', '');
    await logged(restarted('many:p0, many:p1', 'app/src/x'));
    await logged(restarted('ear:p0, ear:p1', 'app/src/x'));
    expect(count('restarting web')).toBe(0);
  });

  test('does not go round in circles over logs, nor over what the program writes as it starts', async () => {
    mkdirSync(sandbox.path('app'));
    const script = sandbox.write(
      'app/run.sh',
      'echo started >&2; date +%N > state; echo more; exec sleep 1000\n',
    );
    sandbox.configure(
      [
        '[program:web]',
        `command=/bin/sh ${script}`,
        `directory=${sandbox.path('app')}`,
        'watch=**',
        'watch_debounce=50ms',
        'startsecs=0',
        `stdout_logfile=${sandbox.path('app/out.log')}`,
        `stderr_logfile=${sandbox.path('app/err.log')}`,
        '',
      ].join('\n'),
    );
    await sandbox.startDaemon();
    await logged('watching the files of web');
    sandbox.write('app/state', 'by hand');
    await logged(/state has changed, but web has been restarted \d+ times in a row, and waits/);
    expect(count('out.log has changed')).toBe(0);
    expect(count('err.log has changed')).toBe(0);
    expect(count('restarting web')).toBe(5);
  });
});
