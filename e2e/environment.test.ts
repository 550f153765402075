import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, tsvctlProgram, tsvdProgram, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

test.each([
  ['not set', {}, undefined],
  ['not the current folder', { PWD: '/nonsense' }, '/nonsense'],
])('a child sees PWD as tsvd was given it: %s', async (_what, variables, wanted) => {
  sandbox.configure(
    [
      '[program:show]',
      'command=env -0',
      `stdout_logfile=${sandbox.path('env')}`,
      'startsecs=0',
      'autorestart=false',
    ].join('\n'),
  );
  await sandbox.startDaemonWith({ PATH: process.env['PATH'], ...variables });
  await waitFor('the environment', () => sandbox.read('main.log').includes('exited: show'));
  const shown = sandbox.read('env').split('\0');
  expect(shown.find((one) => one.startsWith('PWD='))?.slice(4)).toBe(wanted);
  expect(shown.filter((one) => one.startsWith('TSVISOR_'))).toEqual([]);
});

test.each([
  ['none', {}, 'C.UTF-8'],
  ['POSIX', { LC_CTYPE: 'POSIX' }, 'C.UTF-8'],
  ['chosen for all', { LC_ALL: 'C' }, undefined],
])('a child gets the encoding UTF-8 where the locale is %s', async (_what, variables, wanted) => {
  sandbox.configure(
    [
      '[program:show]',
      'command=env -0',
      `stdout_logfile=${sandbox.path('env')}`,
      'startsecs=0',
      'autorestart=false',
    ].join('\n'),
  );
  await sandbox.startDaemonWith({ PATH: process.env['PATH'], ...variables });
  await waitFor('the environment', () => sandbox.read('main.log').includes('exited: show'));
  const shown = sandbox.read('env').split('\0');
  expect(shown.find((one) => one.startsWith('LC_CTYPE='))?.slice(9)).toBe(wanted);
});

test.each([
  ['in the foreground', ['-n']],
  ['in the background', []],
])('a child gets odd names, and bytes that are no UTF-8, %s too', async (_where, args) => {
  sandbox.configure(
    [
      '[program:show]',
      'command=env -0',
      `stdout_logfile=${sandbox.path('env')}`,
      'startsecs=0',
      'autorestart=false',
    ].join('\n'),
  );
  const odd = { 'spring.url': 'a=b c', 'my-service': 'two\nlines', LINES: 'two\nlines' };
  const script = `LATIN=$(printf 'gr\\374n'); export LATIN; exec env "$@"`;
  const words = [...Object.entries(odd).map((pair) => pair.join('=')), tsvdProgram, ...args];
  sandbox.run('/bin/sh', ['-c', script, 'sh', ...words, '-c', sandbox.path('supervisord.conf')]);
  await waitFor('the environment', () => sandbox.read('main.log').includes('exited: show'));
  sandbox.adopt(Number(sandbox.read('d.pid')));
  const shown = readFileSync(sandbox.path('env'), 'latin1').split('\0');
  expect(shown).toEqual(expect.arrayContaining([...words.slice(0, 3), 'LATIN=gr\u00fcn']));
  expect(shown.filter((one) => one.startsWith('TSVISOR_'))).toEqual([]);
});

test.each([
  ['in the foreground', ['-n']],
  ['in the background', []],
])('NODE_OPTIONS are for the programs, not for tsvd itself, %s', async (_where, args) => {
  const options = '--require ./tracing-of-an-application.js';
  sandbox.configure(
    [
      '[program:show]',
      'command=env -0',
      `stdout_logfile=${sandbox.path('env')}`,
      'startsecs=0',
      'autorestart=false',
    ].join('\n'),
  );
  const environment = { PATH: process.env['PATH'], NODE_OPTIONS: options, PWD: '/nonsense' };
  const command = [...args, '-c', sandbox.path('supervisord.conf')];
  sandbox.run(tsvdProgram, command, environment);
  await waitFor('the environment', () => sandbox.read('main.log').includes('exited: show'));
  sandbox.adopt(Number(sandbox.read('d.pid')));
  const shown = sandbox.read('env').split('\0');
  expect(shown).toEqual(expect.arrayContaining([`NODE_OPTIONS=${options}`, 'PWD=/nonsense']));
  expect(shown.filter((one) => one.startsWith('TSVISOR_'))).toEqual([]);
  expect(
    (await sandbox.run(tsvctlProgram, command.slice(-2).concat('pid'), environment).ended()).stderr,
  ).toBe('');
});
