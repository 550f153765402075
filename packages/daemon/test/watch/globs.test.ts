import { describe, expect, test } from '@jest/globals';

import { readGlobs } from '../../src/watch/globs.ts';

const matching = (patterns: string, ...paths: readonly string[]): string[] => {
  const globs = readGlobs(patterns.split(','), '/app');
  return paths.filter((path) => globs.matches(path));
};

describe('a pattern', () => {
  test('begins at the folder of the program, or at / if it says so', () => {
    expect(matching('*.py', '/app/a.py', '/app/b/a.py', '/a.py')).toEqual(['/app/a.py']);
    expect(matching('/etc/*.conf', '/etc/a.conf', '/app/etc/a.conf')).toEqual(['/etc/a.conf']);
    expect(matching('../lib/*.py', '/lib/a.py', '/app/lib/a.py')).toEqual(['/lib/a.py']);
  });

  test('with ** goes down through all folders, hidden ones too', () => {
    const paths = ['/app/src/a.ts', '/app/src/b/c/a.ts', '/app/src/.x/a.ts', '/app/a.ts'];
    expect(matching('src/**/*.ts', ...paths)).toEqual(paths.slice(0, 3));
  });

  test('without magic means the file, or all that is in the folder', () => {
    expect(matching('src', '/app/src', '/app/src/b/c', '/app/srcs')).toEqual([
      '/app/src',
      '/app/src/b/c',
    ]);
    expect(matching('.', '/app/x/y', '/other')).toEqual(['/app/x/y']);
  });

  test('may have braces and alternatives', () => {
    const globs = readGlobs(['{src,lib}/**/*.{ts,js}', '!(a|b).txt'], '/app');
    const paths = ['/app/src/a.ts', '/app/lib/x/a.js', '/app/x/a.ts', '/app/a.txt', '/app/c.txt'];
    expect(paths.filter((path) => globs.matches(path))).toEqual([
      '/app/src/a.ts',
      '/app/lib/x/a.js',
      '/app/c.txt',
    ]);
  });

  test('is taken literally where the folder of the program has magic in its name', () => {
    const globs = readGlobs(['*.py'], '/srv/[a]*');
    expect(globs.matches('/srv/[a]*/x.py')).toBe(true);
    expect(globs.matches('/srv/ab/x.py')).toBe(false);
  });

  test('with a backslash means the character', () => {
    expect(readGlobs([String.raw`a\[1\]/*.py`], '/app').matches('/app/a[1]/x.py')).toBe(true);
  });
});

describe('an exception', () => {
  test('takes out files, wherever it stands in the list', () => {
    const paths = ['/app/a.py', '/app/test_a.py'];
    expect(matching('!test_*,*.py', ...paths)).toEqual(['/app/a.py']);
  });

  test('takes out a folder with all that is in it', () => {
    const globs = readGlobs(['**', '!**/node_modules', '!.git'], '/app');
    expect(globs.matches('/app/src/a.js')).toBe(true);
    for (const path of ['/app/node_modules/a/b.js', '/app/x/node_modules/a.js', '/app/.git/HEAD']) {
      expect(globs.matches(path)).toBe(false);
    }
    expect(globs.leadsTo('/app/x/node_modules')).toBe(false);
    expect(globs.isExcepted('/app/.git/objects')).toBe(true);
  });

  test('of everything leaves nothing', () => {
    expect(readGlobs(['!a'], '/app').bases).toEqual([]);
  });
});

describe('where to look', () => {
  const leads = (pattern: string, folder: string): boolean =>
    readGlobs([pattern], '/app').leadsTo(folder);

  test('begins in the deepest folder that a pattern names', () => {
    expect(readGlobs(['src/api/**/*.ts', 'conf/x.yaml', '/etc/a/*'], '/app').bases).toEqual([
      '/app/src/api',
      '/app/conf/x.yaml',
      '/etc/a',
    ]);
  });

  test('names no folder within another', () => {
    expect(readGlobs(['src/**', 'src/api/*.ts', '*.ts'], '/app').bases).toEqual(['/app']);
  });

  test('goes no deeper than the pattern does', () => {
    expect(leads('*.py', '/app')).toBe(true);
    expect(leads('*.py', '/app/x')).toBe(false);
    expect(leads('*/*.py', '/app/x')).toBe(true);
    expect(leads('*/*.py', '/app/x/y')).toBe(false);
    expect(leads('*/src/**/*.py', '/app/x/src/y/z')).toBe(true);
    expect(leads('*/src/**/*.py', '/app/x/other')).toBe(false);
    expect(leads('{a/b,c}/*.py', '/app/a/b')).toBe(true);
  });

  test('goes on to where another pattern begins', () => {
    const globs = readGlobs(['*.ts', 'src/api/*.ts'], '/app');
    expect(globs.leadsTo('/app/src')).toBe(true);
    expect(globs.leadsTo('/app/src/api')).toBe(true);
    expect(globs.leadsTo('/app/other')).toBe(false);
  });
});
