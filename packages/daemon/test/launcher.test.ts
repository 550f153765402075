// bin/tsvd and bin/tsvctl, with a program in place of theirs that prints what it was given.
import { execFile, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const packages = join(import.meta.dirname, '../..');
const launchers = {
  tsvd: join(packages, 'daemon/bin/tsvd'),
  tsvctl: join(packages, 'ctl/bin/tsvctl'),
};

/** The shells that /bin/sh may be, as far as this machine has them. */
const shells = [['sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh'], ['ksh'], ['mksh']].filter(
  ([command, ...words]) => spawnSync(command as string, [...words, '-c', 'exit 0']).status === 0,
);

let folder: string;
const at = (...parts: string[]): string => join(folder, ...parts);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  for (const part of ['pkg/bin', 'pkg/dist', 'links/deep', 'empty'])
    mkdirSync(at(part), { recursive: true });
  for (const [program, path] of Object.entries(launchers)) {
    copyFileSync(path, at('pkg/bin', program));
    const print =
      'console.log(JSON.stringify({ words: process.argv.slice(2), environment: process.env }))';
    writeFileSync(at('pkg/dist', `${program}.cjs`), print);
  }
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  readonly words: string[];
  readonly environment: Record<string, string>;
}

async function start(
  command: readonly string[],
  options: { cwd?: string; PATH?: string | undefined; variables?: Record<string, string> } = {},
): Promise<Started> {
  const { cwd = folder, PATH = process.env['PATH'], variables } = options;
  const env = PATH === undefined ? {} : { PATH, ...variables };
  const { stdout } = await promisify(execFile)(command[0] as string, command.slice(1), {
    cwd,
    env,
  });
  return JSON.parse(stdout) as Started;
}

describe.each(shells.map((words) => ({ name: words.join(' '), shell: words })))(
  'run by $name',
  ({ shell }) => {
    test('it finds its program by every kind of link, and says how it was called', async () => {
      symlinkSync('../pkg/bin/tsvd', at('links/relative'));
      symlinkSync('relative', at('links/chain'));
      symlinkSync(at('pkg/bin/tsvd'), at('links/absolute'));
      symlinkSync('../../pkg/bin/tsvd', at('links/deep/up'));
      symlinkSync('links/deep', at('folder'));
      symlinkSync('pkg/bin', at('bin'));
      const names = [
        'pkg/bin/tsvd',
        './pkg/bin/tsvd',
        'pkg/bin/./tsvd',
        'pkg/bin//tsvd',
        'pkg/bin/../bin/tsvd',
        'bin/tsvd',
        'bin/./tsvd',
        'folder/up',
        ...['relative', 'chain', 'absolute', 'deep/up'].map((link) => `links/${link}`),
        at('pkg/bin/tsvd'),
        at('folder/up'),
      ];
      for (const name of names) {
        const { words: given, environment } = await start([...shell, name, '-c', 'a b', '']);
        expect([environment['TSVISOR_ARGV0'], given]).toEqual([name, ['-c', 'a b', '']]);
      }
    });

    test('it is found without a slash in its name', async () => {
      expect(
        (await start([...shell, 'tsvd'], { cwd: at('pkg/bin') })).environment['TSVISOR_ARGV0'],
      ).toBe('tsvd');
    });

    test('it tells the limit on open files that node would raise', async () => {
      const limited = ['sh', '-c', 'ulimit -Sn 77; exec "$@"', 'sh', ...shell, 'pkg/bin/tsvd'];
      expect((await start(limited)).environment['TSVISOR_NOFILE']).toBe('77');
    });

    test('it tells of variables that a shell sets itself, or does not pass on', async () => {
      const variables = {
        PWD: '/nonsense',
        PLAIN_1: 'x',
        'spring.url': 'a=b c',
        'my-service': 'two\nlines',
        '1st': '',
      };
      const { environment } = await start([...shell, 'pkg/bin/tsvd'], { variables });
      expect(environment['TSVISOR_ENVIRON']?.split('\n')).toEqual(
        expect.arrayContaining([
          '1st=',
          'PLAIN_1=x',
          'PWD=/nonsense',
          'my-service=two\u0001lines',
          'spring.url=a=b c',
        ]),
      );
    });

    test('of an environment that is too large for one variable it tells what a shell changes', async () => {
      const large = Object.fromEntries(
        Array.from({ length: 20 }, (_, n) => [`LARGE_${n}`, 'x'.repeat(10_000)]),
      );
      const variables = { ...large, PWD: '/nonsense', 'a.b': 'c' };
      const { environment } = await start([...shell, 'pkg/bin/tsvd'], { variables });
      expect(environment).toMatchObject(large);
      expect(environment['TSVISOR_ENVIRON']?.split('\n').sort()).toEqual([
        'PWD=/nonsense',
        'a.b=c',
      ]);
    });

    test('names may hold spaces and line feeds', async () => {
      mkdirSync(at('a b\n'));
      symlinkSync('../pkg/bin/tsvd', at('a b\n/link\n'));
      symlinkSync('a b\n/link\n', at('to it'));
      expect((await start([...shell, 'to it'])).environment['TSVISOR_ARGV0']).toBe('to it');
    });

    test('a node shipped beside it comes first, then the one on PATH, then those nearby', async () => {
      const fake = (name: string): void =>
        writeFileSync(at(name), `#!/bin/sh\necho '{"words":["${name}"],"environment":{}}'\n`, {
          mode: 0o755,
        });
      const PATH = at('empty');
      const run = async (): Promise<string | undefined> =>
        (await start([which(shell[0] as string), ...shell.slice(1), 'links/tsvd'], { PATH }))
          .words[0];
      // Only shell builtins may be needed without PATH; readlink is found where the test needs it.
      symlinkSync(which('readlink'), at('empty/readlink'));
      symlinkSync('../pkg/bin/tsvd', at('links/tsvd'));
      fake('links/node');
      expect(await run()).toBe('links/node');
      fake('empty/node');
      expect(await run()).toBe('empty/node');
      fake('pkg/bin/node');
      expect(await run()).toBe('pkg/bin/node');
    });
  },
);

test('with no environment at all, the program gets its names and what the shell adds', async () => {
  const nodeFolder = relative(at('pkg/bin'), dirname(process.execPath));
  symlinkSync(join(nodeFolder, 'node'), at('pkg/bin/node'));
  const { environment } = await start(['env', '-i', at('pkg/bin/tsvd')]);
  const shellsOwn = ['PWD', 'SHLVL', '_', 'PATH', 'OLDPWD'];
  expect(
    Object.keys(environment)
      .filter((name) => !shellsOwn.includes(name))
      .sort(),
  ).toEqual([
    'MALLOC_ARENA_MAX',
    'TSVISOR_ARGV0',
    'TSVISOR_ENVIRON',
    'TSVISOR_NOFILE',
    'TSVISOR_ONE_ARENA',
  ]);
});

test('the control client gets its name, and no limit', async () => {
  const { environment, words } = await start(['pkg/bin/tsvctl', 'status']);
  expect(words).toEqual(['status']);
  expect(environment).toMatchObject({ TSVISOR_ARGV0: 'pkg/bin/tsvctl' });
  expect(environment).not.toHaveProperty('TSVISOR_NOFILE');
});

test('both launchers find their programs in the same way', () => {
  const search = (path: string): string =>
    /^case \$0[^]*?(?=^TSVISOR_ARGV0)/m.exec(readFileSync(path, 'utf8'))![0];
  expect(search(launchers.tsvctl)).toBe(search(launchers.tsvd));
});

function which(command: string): string {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command], {
    encoding: 'utf8',
  }).stdout.trim();
}
