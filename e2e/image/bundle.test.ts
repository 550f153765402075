import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { bundleImage } from './support/bundle.ts';

const reason =
  process.platform !== 'linux' || process.arch !== 'x64'
    ? 'needs linux-x64'
    : existsSync('/usr/share/doc/libc6/copyright')
      ? undefined
      : 'needs the licences of Debian';
const onDebian = reason === undefined ? test : test.skip;

describe(`a bundle${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let folder: string;
  /** Where the one that most tests use lies, and runs. */
  let prefix: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tv'));
    prefix = join(folder, 'elsewhere');
    if (reason === undefined) bundleImage(`--prefix=${prefix}`, '--no-archive', prefix);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string =>
    execFileSync(join(prefix, program), args, { encoding: 'utf8', cwd: folder, env });

  onDebian(
    'of the same sources has the same bytes',
    () => {
      const [one, other] = ['one', 'other'].map((name) => {
        bundleImage(join(folder, name, 'tsvisor'));
        return readFileSync(join(folder, name, 'tsvisor.tar.gz'));
      }) as [Buffer, Buffer];
      expect(one.equals(other)).toBe(true);
    },
    120_000,
  );

  onDebian('runs at the prefix that it was made for, and loads nothing from elsewhere', () => {
    expect(run('bin/node', ['-p', 'process.execPath']).trim()).toBe(join(prefix, 'bin/node'));
    const maps = run('bin/node', ['-p', 'fs.readFileSync("/proc/self/maps", "utf8")']);
    const mapped = new Set(maps.match(/\/\S+$/gm));
    expect([...mapped].filter((path) => !path.startsWith(prefix))).toEqual([]);
  });

  onDebian('starts its programs by a shell, and without one', () => {
    for (const [program, ...args] of [
      ['tsvd', '--version'],
      ['supervisord', '--version'],
      ['echo_supervisord_conf'],
    ] as const) {
      const byShell = run(`bin/${program}`, args, { PATH: '/usr/bin:/bin' });
      expect(byShell).not.toBe('');
      expect(run(`no-shell/${program}`, args)).toBe(byShell);
    }
  });

  onDebian('knows times, Unicode and English, and answers in English about the rest', () => {
    const script = `
      const day = new Date(0);
      console.log(JSON.stringify([
        day.getHours(),
        day.toLocaleDateString('en'),
        day.toLocaleDateString('de', { month: 'long' }),
        'ä'.localeCompare('z'),
        '\\ufb01'.normalize('NFKC'),
        /^\\p{Nd}\\p{Script=Greek}$/u.test('3α'),
        new URL('http://bücher.example/').host,
        new TextDecoder('utf-16le').decode(Buffer.from([0x61, 0])),
      ]));`;
    const answer: unknown = JSON.parse(run('bin/node', ['-e', script], { TZ: 'Asia/Tokyo' }));
    expect(answer).toEqual([
      9,
      '1/1/1970',
      'January',
      -1,
      'fi',
      true,
      'xn--bcher-kva.example',
      'a',
    ]);
  });

  onDebian('has a checksum of each file, and the licence of each package', () => {
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: prefix });
    const listed = readFileSync(join(prefix, 'SHA256SUMS'), 'utf8').trim().split('\n');
    const files = readdirSync(prefix, { recursive: true, withFileTypes: true });
    expect(listed).toHaveLength(files.filter((entry) => entry.isFile()).length - 1);
    const licences = readdirSync(join(prefix, 'licences')).join(' ');
    for (const name of ['tsvisor', 'node', 'libc6', 'libstdc++6', 'libgcc-s1', 'koffi', 'pino']) {
      expect(licences).toContain(name);
    }
  });
});
