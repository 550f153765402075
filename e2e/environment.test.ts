import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, waitFor } from './support/sandbox.ts';

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
