import { expect, test } from '@jest/globals';

import { ensureLimits, type Limit, type LimitAccess, type LimitName } from '../src/limits.ts';

/** Limits that only root may raise beyond the hard one. */
class FakeLimits implements LimitAccess {
  childNofile: number | undefined;
  readonly now: Record<LimitName, Limit>;
  readonly #isRoot: boolean;

  constructor(now: Partial<Record<LimitName, Limit>>, isRoot = false) {
    const unlimited = { soft: Infinity, hard: Infinity };
    this.now = { nofile: unlimited, nproc: unlimited, ...now };
    this.#isRoot = isRoot;
  }

  get(name: LimitName): Limit {
    return this.now[name];
  }

  set(name: LimitName, limit: Limit): void {
    if (limit.hard > this.now[name].hard && !this.#isRoot) throw new Error('EPERM');
    this.now[name] = limit;
  }

  setChildNofile(soft: number): void {
    this.childNofile = soft;
  }
}

const request = { minFds: 1024, minProcs: 200, inheritedNofile: undefined };

test('limits that suffice are left alone, without a line', () => {
  const limits = new FakeLimits({ nofile: { soft: 1024, hard: 4096 } });
  expect(ensureLimits(request, limits)).toEqual([]);
  expect(limits.now.nofile).toEqual({ soft: 1024, hard: 4096 });
  expect(limits.childNofile).toBe(1024);
});

test('children get the inherited limit on open files, while the daemon keeps its high one', () => {
  const limits = new FakeLimits({ nofile: { soft: 524288, hard: 524288 } });
  expect(ensureLimits({ ...request, inheritedNofile: 1024 }, limits)).toEqual([]);
  expect(limits.childNofile).toBe(1024);
  expect(limits.now.nofile.soft).toBe(524288);
});

test('an inherited limit below minfds is raised to it for children, and the line says so', () => {
  const limits = new FakeLimits({ nofile: { soft: 4096, hard: 4096 } });
  expect(ensureLimits({ ...request, inheritedNofile: 256 }, limits)).toEqual([
    'Increased RLIMIT_NOFILE limit to 1024',
  ]);
  expect(limits.childNofile).toBe(1024);
  expect(limits.now.nofile).toEqual({ soft: 4096, hard: 4096 });
});

test('root raises the hard limit too', () => {
  const limits = new FakeLimits({ nofile: { soft: 512, hard: 512 } }, true);
  ensureLimits({ ...request, inheritedNofile: 512 }, limits);
  expect(limits.now.nofile).toEqual({ soft: 1024, hard: 1024 });
});

test('a hard limit that cannot be raised is refused in the words of supervisord', () => {
  const limits = new FakeLimits({ nofile: { soft: 512, hard: 512 } });
  expect(() => ensureLimits({ ...request, minFds: 2000 }, limits)).toThrow(
    'The minimum number of file descriptors required to run this process is 2000 as per the "minfds" command-line argument or config file setting. The current environment will only allow you to open 2000 file descriptors.  Either raise',
  );
});

test('processes: the soft limit becomes minprocs, or the start is refused', () => {
  const limits = new FakeLimits({ nproc: { soft: 100, hard: 400 } });
  expect(ensureLimits(request, limits)).toEqual(['Increased RLIMIT_NPROC limit to 200']);
  expect(limits.now.nproc).toEqual({ soft: 200, hard: 400 });
  expect(() => ensureLimits({ ...request, minProcs: 500 }, limits)).toThrow(
    'The minimum number of available processes required to run this program is 500 as per the "minprocs"',
  );
});
