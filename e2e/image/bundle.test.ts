import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { bundleImage } from './support/bundle.ts';

const canBundle =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  existsSync('/usr/share/doc/libc6/copyright');
const onDebian = canBundle ? test : test.skip;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tv'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', cwd: folder });

onDebian(
  'two bundles of the same sources have the same bytes',
  () => {
    const [one, other] = ['one', 'other'].map((name) => {
      bundleImage('--prefix=/opt/tsvisor', join(folder, name, 'tsvisor'));
      return readFileSync(join(folder, name, 'tsvisor.tar.gz'));
    }) as [Buffer, Buffer];
    expect(one.equals(other)).toBe(true);
  },
  120_000,
);

onDebian(
  'a bundle runs at the prefix that it was made for',
  () => {
    const prefix = join(folder, 'elsewhere');
    bundleImage(`--prefix=${prefix}`, '--no-archive', prefix);
    expect(run(join(prefix, 'bin/node'), '-p', 'process.execPath').trim()).toBe(
      join(prefix, 'bin/node'),
    );
    const maps = run(join(prefix, 'bin/node'), '-p', 'fs.readFileSync("/proc/self/maps", "utf8")');
    const mapped = new Set(maps.match(/\/\S+$/gm));
    expect([...mapped].filter((path) => !path.startsWith(prefix))).toEqual([]);
    for (const program of ['tsvd', 'supervisord']) {
      expect(run(join(prefix, 'bin', program), '--version')).toMatch(/^\d/);
      expect(run(join(prefix, 'no-shell', program), '--version')).toMatch(/^\d/);
    }
  },
  60_000,
);

onDebian(
  'a bundle has a checksum of each file, and no link or file that leads out of it',
  () => {
    const bundle = join(folder, 'tsvisor');
    bundleImage('--no-archive', bundle);
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: bundle });
    const listed = readFileSync(join(bundle, 'SHA256SUMS'), 'utf8').trim().split('\n').length;
    const files = readdirSync(bundle, { recursive: true, withFileTypes: true }).filter((entry) =>
      statSync(join(entry.parentPath, entry.name)).isFile(),
    );
    expect(files.filter((entry) => entry.isFile())).toHaveLength(listed + 1);
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tsvd', 'tsvctl', 'supervisord', 'supervisorctl', 'pidproxy']),
    );
  },
  60_000,
);
