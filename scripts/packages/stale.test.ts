import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { removeStale } from './stale.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stale-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
}

test('what was compiled of a source that is gone is removed, and nothing else', () => {
  write('src/a.ts', 'src/group/b.ts');
  const kept = [
    'dist/a.js',
    'dist/a.d.ts',
    'dist/group/b.js.map',
    'dist/tsvd.cjs',
    'dist/sample.conf',
  ];
  const gone = ['dist/old.js', 'dist/old.d.ts', 'dist/group/old.js.map', 'dist/group/old.d.ts.map'];
  write(...kept, ...gone);
  removeStale(folder);
  const there = (name: string): boolean => existsSync(join(folder, name));
  expect(kept.filter((name) => !there(name))).toEqual([]);
  expect(gone.filter(there)).toEqual([]);
});

test('a package that was never built is left alone', () => {
  write('src/a.ts');
  removeStale(folder);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});
