import { expect, test } from '@jest/globals';

import { launchVariables, takeInheritedNofile, takeLaunch } from '../src/launch.ts';
import { getLimit } from '../src/limits.ts';
import { fixture } from './support/fixture.ts';

test('what the launcher says is taken, and leaves the environment', () => {
  const environment = { TSVISOR_ARGV0: './tsvd', TSVISOR_NOFILE: '1024', OTHER: 'x' };
  expect(takeLaunch(environment)).toMatchObject({ argv0: './tsvd', nofile: 1024 });
  expect(environment).toEqual({ OTHER: 'x' });
});

test.each([
  ['PWD=/was', { PWD: '/was' }],
  ['', {}],
])('PWD is put back as it was before the launcher: %j', (said, left) => {
  const environment = { TSVISOR_ARGV0: 'tsvd', TSVISOR_ENVIRON: said, PWD: '/by/the/shell' };
  takeLaunch(environment);
  expect(environment).toEqual(left);
});

test('variables that no shell passes on are put back, and those that it changes', () => {
  const environment = {
    TSVISOR_ENVIRON:
      'spring.url=a=b c\nmy-service=two\u0001lines\n1st=\nno variable\n=x\nSHLVL=1\nPLAIN=x',
    PLAIN: 'x',
    SHLVL: '2',
  };
  takeLaunch(environment);
  expect(environment).toEqual({
    PLAIN: 'x',
    SHLVL: '1',
    'spring.url': 'a=b c',
    'my-service': 'two\nlines',
    '1st': '',
  });
});

test.each([
  [{ TSVISOR_ONE_ARENA: '1', MALLOC_ARENA_MAX: '1' }, {}],
  [{ MALLOC_ARENA_MAX: '2' }, { MALLOC_ARENA_MAX: '2' }],
])('how many heaps our threads have is no business of children: %j', (given, left) => {
  const environment: NodeJS.ProcessEnv = { ...given };
  takeLaunch(environment);
  expect(environment).toEqual(left);
});

test('a second process has one heap too, unless somebody has said how many', () => {
  const launch = { argv0: 'tsvd', nofile: 1, bytes: [] };
  expect(launchVariables(launch, {})).toMatchObject({ MALLOC_ARENA_MAX: '1' });
  expect(launchVariables(launch, { MALLOC_ARENA_MAX: '2' })).not.toHaveProperty('MALLOC_ARENA_MAX');
});

test('PWD stays where nobody knows how it was', () => {
  const environment = { TSVISOR_ARGV0: 'tsvd', PWD: '/by/the/shell' };
  takeLaunch(environment);
  expect(environment).toEqual({ PWD: '/by/the/shell' });
});

test('the limit may be unlimited', () => {
  expect(takeInheritedNofile({ TSVISOR_NOFILE: 'unlimited' })).toBe(Infinity);
});

test('without a launcher the limit is that of the parent process', async () => {
  // The shell has 200; node, which it starts, raises its own to 400.
  const before = ['sh', '-c', 'ulimit -Sn 200; ulimit -Hn 400; "$@"; exit', 'sh'];
  expect(await fixture('launched', before)).toEqual({
    own: 400,
    taken: 200,
    argv0: expect.stringMatching(/launched\.ts$/),
  });
});

test('what nobody can have meant is no limit', () => {
  const nofile = takeInheritedNofile({ TSVISOR_NOFILE: 'many' });
  expect(nofile).toBe(takeInheritedNofile({}));
  expect(nofile).toBeLessThanOrEqual(getLimit('nofile').hard);
});
