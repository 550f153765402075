import { closeSync, openSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';

import { sealInheritedFds } from '../src/descriptors.ts';
import { openPipe } from '../src/pipes.ts';
import { setChildNofile, spawn } from '../src/spawn.ts';
import { exitOf, readToEnd, run, sh } from './support/children.ts';
import { inTemporaryFolder } from './support/temporary-folder.ts';

beforeAll(() => sealInheritedFds());
afterEach(() => setChildNofile(undefined));

describe('what a child is given', () => {
  test('its arguments and its environment, nothing else of ours', () => {
    const { stdout } = run(['/usr/bin/env'], { environment: { A: 'é b', EMPTY: '' } });
    expect(stdout).toBe('A=é b\nEMPTY=\n');
    expect(sh('printf "%s|" "$0" "$@"')).toBe('/bin/sh|');
    expect(run(['x', '-c', 'printf "%s|" "$@"', 'a', '', 'b c'], { file: '/bin/sh' }).stdout).toBe(
      '|b c|',
    );
  });

  test('a name of its own: argv[0] need not be the file', () => {
    expect(run(['other-name', '-c', 'echo $0'], { file: '/bin/sh' }).stdout).toBe('other-name\n');
  });

  test('an argument list of a megabyte', () => {
    const many = Array.from({ length: 10_000 }, () => 'x'.repeat(100));
    expect(run(['sh', '-c', 'echo $#', ...many], { file: '/bin/sh' }).stdout).toBe('9999\n');
  });

  test('the umask of the request, while ours stays', () => {
    const own = process.umask();
    expect(sh('umask', { umask: 0o27 })).toBe('0027\n');
    expect(process.umask()).toBe(own);
    expect(Number.parseInt(sh('umask'), 8)).toBe(own);
  });

  test('a process group of its own in our session', () => {
    const stat = sh('cat /proc/$$/stat').split(' ');
    const [pid, , , , pgid, session] = stat;
    expect(pgid).toBe(pid);
    expect(session).toBe(sh('cat /proc/$PPID/stat').split(' ')[5]);
  });

  test('signals that are all at their default, none blocked', () => {
    // Node ignores SIGPIPE, and koffi or jest might block some.
    expect(run(['/bin/grep', '-E', '^Sig(Ign|Blk)', '/proc/self/status']).stdout).toBe(
      'SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n',
    );
  });

  test('three pipes that can be opened by name', () => {
    expect(sh('echo out >/dev/stdout; echo err >/dev/stderr')).toBe('out\nerr\n');
    expect(sh('stat -L -c %F /dev/fd/0 /dev/fd/1 /dev/fd/2')).toBe('fifo\nfifo\nfifo\n');
  });

  test('no descriptor above 2', () => {
    const strays = [openSync('/dev/null', 'r'), openSync('/dev/null', 'w')];
    expect(sh('ls /proc/$$/fd')).toBe('0\n1\n2\n');
    strays.forEach(closeSync);
  });

  test('blocking ends of its pipes', () => {
    const flags = sh('cat /proc/$$/fdinfo/0 /proc/$$/fdinfo/1').match(/^flags:.*$/gm);
    expect(flags).toHaveLength(2);
    for (const text of flags ?? []) expect(Number.parseInt(text.slice(6), 8) & 0o4000).toBe(0);
  });

  test('the soft limit on open files that was set for children', () => {
    setChildNofile(64);
    expect(sh('ulimit -Sn')).toBe('64\n');
    setChildNofile(Infinity);
    expect(sh('ulimit -Sn')).toBe(sh('ulimit -Hn'));
  });

  test('that limit also when we have more files open than it allows', () => {
    const open = Array.from({ length: 100 }, () => openSync('/dev/null', 'r'));
    setChildNofile(50);
    expect(sh('ulimit -Sn')).toBe('50\n');
    open.forEach(closeSync);
  });
});

describe.each(['child', 'parent'] as const)('with the directory changed by the %s', (change) => {
  test('it starts in the directory of the request, while ours stays', () => {
    const own = process.cwd();
    inTemporaryFolder((folder) => {
      expect(sh('pwd -P', { directory: folder, change })).toBe(`${realpathSync(folder)}\n`);
      expect(process.cwd()).toBe(own);
      expect(realpathSync('.')).toBe(realpathSync(own));
    });
  });

  test('a relative file is looked up in that directory', () => {
    inTemporaryFolder((folder) => {
      writeFileSync(join(folder, 'here'), '#!/bin/sh\necho found\n', { mode: 0o755 });
      expect(run(['./here'], { directory: folder, change }).stdout).toBe('found\n');
      expect(run(['./here'], { directory: '/', change }).stillborn).toBeDefined();
    });
  });
});

describe('stdio', () => {
  test('one descriptor may serve as several', () => {
    const pipe = openPipe('read');
    const { pid } = spawn(
      request(['/bin/sh', '-c', 'echo out; echo err >&2'], [0, pipe.theirs, pipe.theirs]),
    );
    closeSync(pipe.theirs);
    expect(readToEnd(pipe.ours)).toBe('out\nerr\n');
    exitOf(pid);
  });

  test('ours may be given, in any order', () => {
    // 0, 1 and 2 of the child become our 2, 0 and 1: each would overwrite the next one needed.
    const names = [0, 1, 2].map((fd) => realpathOfFd(process.pid, fd));
    const pid = spawn(request(['/bin/sleep', '60'], [2, 0, 1])).pid;
    try {
      expect([0, 1, 2].map((fd) => realpathOfFd(pid, fd))).toEqual([names[2], names[0], names[1]]);
    } finally {
      process.kill(pid, 'SIGKILL');
      exitOf(pid);
    }
  });

  test('a descriptor that is not open is an error of the caller', () => {
    expect(() => spawn(request(['/bin/true'], [0, 1, 9999]))).toThrow('posix_spawn: EBADF');
  });
});

test('a thousand children leave no descriptor and no memory behind', () => {
  const start = (): number => exitOf(spawn(request(['/bin/true'], [0, 1, 2])).pid);
  for (let count = 0; count < 100; count++) start();
  const before = { fds: readdirSync('/proc/self/fd').length, rss: process.memoryUsage().rss };
  for (let count = 0; count < 1000; count++) start();
  expect(readdirSync('/proc/self/fd')).toHaveLength(before.fds);
  expect(process.memoryUsage().rss - before.rss).toBeLessThan(32 << 20);
});

function request(
  argv: readonly [string, ...string[]],
  stdio: [number, number, number],
): Parameters<typeof spawn>[0] {
  return { file: argv[0], argv, environment: {}, directory: null, umask: null, user: null, stdio };
}

function realpathOfFd(pid: number, fd: number): string {
  return sh(`readlink /proc/${pid}/fd/${fd}`);
}
