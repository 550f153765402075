import { expect, test } from '@jest/globals';

import { getLimit, setLimitOf, withSoftNofile } from '../src/limits.ts';
import { spawn } from '../src/spawn.ts';
import { exitOf, sh } from './support/children.ts';
import { fixture } from './support/fixture.ts';

const asShellSays = (limit: number): string => `${limit === Infinity ? 'unlimited' : limit}\n`;

test('limits are those that the shell shows', () => {
  expect(sh('ulimit -Sn')).toBe(asShellSays(getLimit('nofile').soft));
  expect(sh('ulimit -Hn')).toBe(asShellSays(getLimit('nofile').hard));
  expect(sh('sed -n "s/^Max processes *\\([^ ]*\\).*/\\1/p" /proc/$$/limits')).toBe(
    asShellSays(getLimit('nproc').soft),
  );
});

test('limits can be set, one above the hard limit not', async () => {
  expect(await fixture('setting-limits')).toEqual({
    nofile: { soft: 300, hard: 400 },
    seen: '300 400',
    nprocChanged: true,
    refused: 'setrlimit: EINVAL (Invalid argument)',
  });
});

test('a soft limit lasts for one call, and is never above the hard one', () => {
  const own = getLimit('nofile');
  expect(withSoftNofile(77, () => getLimit('nofile'))).toEqual({ soft: 77, hard: own.hard });
  expect(withSoftNofile(Infinity, () => getLimit('nofile')).soft).toBe(own.hard);
  expect(withSoftNofile(undefined, () => getLimit('nofile'))).toEqual(own);
  expect(() =>
    withSoftNofile(77, () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(getLimit('nofile')).toEqual(own);
});

test('a running child can be limited from outside; one that is gone is let pass', () => {
  const settings = {
    environment: {},
    directory: null,
    umask: null,
    user: null,
    stdio: [0, 1, 2],
  } as const;
  const { pid } = spawn({ file: '/bin/sleep', argv: ['sleep', '60'], ...settings });
  const { hard } = getLimit('nofile');
  setLimitOf(pid, 'nofile', { soft: 55, hard });
  expect(sh(`grep 'open files' /proc/${pid}/limits`)).toMatch(/ 55 /);
  process.kill(pid, 'SIGKILL');
  exitOf(pid);
  setLimitOf(pid, 'nofile', { soft: 55, hard });
});
