import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from '@jest/globals';

import { leftovers } from '../src/leftovers.ts';

test('descendants are told, with their names, as long as they live', async () => {
  // A grandchild in a session of its own is ours all the same.
  const child = spawn('sh', ['-c', 'setsid sleep 1000 & echo $!; wait'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [pid] = (await once(child.stdout, 'data')) as [Buffer];
  const grandchild = Number(pid.toString());
  const named = (): readonly number[] => leftovers().map((one) => one.pid);
  expect(named()).toEqual(expect.arrayContaining([child.pid, grandchild]));
  expect(leftovers().find((one) => one.pid === child.pid)).toEqual({ pid: child.pid, name: 'sh' });
  process.kill(grandchild, 'SIGKILL');
  await once(child, 'exit');
  expect(named()).not.toContain(grandchild);
});
