import { chmodSync, closeSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { openPipe } from '../src/pipes.ts';
import { spawn } from '../src/spawn.ts';
import { lastWords } from '../src/stillborn.ts';
import { kill } from '../src/this-process.ts';
import { exitOf, run } from './support/children.ts';
import { fixture } from './support/fixture.ts';
import { describeAsRoot } from './support/root.ts';
import { inTemporaryFolder } from './support/temporary-folder.ts';

const text = (line: string): { text: string } => ({
  text: `supervisor: ${line}\nsupervisor: child process was not spawned\n`,
});

const nobody = { uid: 54321, gid: 54321 };

test('the last words are those of supervisord', () => {
  const words = lastWords({
    stage: 'setuid',
    uid: 33,
    why: "Can't drop privilege as nonroot user",
  });
  expect({ text: words }).toEqual(
    text("couldn't setuid to 33: Can't drop privilege as nonroot user"),
  );
});

describe('a child that cannot be executed tells why', () => {
  const files: [string, (folder: string) => string, string][] = [
    ['is missing', (folder) => join(folder, 'none'), 'ENOENT'],
    ['may not be executed', (folder) => file(folder, '#!/bin/sh\n', 0o644), 'EACCES'],
    ['is a directory', (folder) => folder, 'EACCES'],
    [
      'has no #! line: no shell steps in',
      (folder) => file(folder, 'echo hello\n', 0o755),
      'ENOEXEC',
    ],
    [
      'names an interpreter that is missing',
      (folder) => file(folder, '#!/none\n', 0o755),
      'ENOENT',
    ],
    ['lies below a file', (folder) => join(file(folder, '', 0o755), 'x'), 'ENOTDIR'],
    ['holds a NUL', (folder) => `${folder}\0`, 'EINVAL'],
  ];
  test.each(files)('when its file %s', (_, make, why) => {
    inTemporaryFolder((folder) => {
      const ended = run(['word one', 'x'], { file: make(folder) });
      expect(ended.stillborn).toEqual(text(`couldn't exec word one: ${why}`));
      expect(ended.stdout + ended.stderr).toBe('');
    });
  });

  test('when its arguments are too long', () => {
    const { stillborn } = run(['word', 'x'.repeat(1 << 20)], { file: '/bin/true' });
    expect(stillborn).toEqual(text("couldn't exec word: E2BIG"));
  });
});

describe.each(['child', 'parent'] as const)(
  'with the directory changed by the %s, it tells',
  (change) => {
    const directories: [string, (folder: string) => string, string][] = [
      ['is missing', (folder) => join(folder, 'none'), 'ENOENT'],
      ['is a file', (folder) => file(folder, '', 0o644), 'ENOTDIR'],
      ['is empty text', () => '', 'ENOENT'],
      ['has an endless name', (folder) => join(folder, 'x'.repeat(300)), 'ENAMETOOLONG'],
    ];
    test.each(directories)('when the directory %s', (_, make, why) => {
      inTemporaryFolder((folder) => {
        const directory = make(folder);
        // The directory comes first, so it is what is told even if the file is missing too.
        for (const program of ['/bin/true', '/none']) {
          expect(run([program], { directory, change }).stillborn).toEqual(
            text(`couldn't chdir to ${directory}: ${why}`),
          );
        }
      });
    });

    test('when only the file is missing', () => {
      const { stillborn } = run(['/none'], { directory: '/', change });
      expect(stillborn).toEqual(text("couldn't exec /none: ENOENT"));
    });
  },
);

describeAsRoot('another user', () => {
  test.each(['child', 'parent'] as const)(
    'cannot start in a directory that is closed to it (changed by the %s)',
    (change) => {
      inTemporaryFolder((folder) => {
        chmodSync(folder, 0o755);
        const closed = join(folder, 'closed');
        mkdirSync(closed, { mode: 0o700 });
        const program = ['/bin/true'] as const;
        expect(run(program, { directory: closed, change, user: nobody }).stillborn).toEqual(
          text(`couldn't chdir to ${closed}: EACCES`),
        );
        expect(run(program, { directory: closed, change }).stillborn).toBeUndefined();
      });
    },
  );

  test('cannot execute a file that only root may execute', () => {
    inTemporaryFolder((folder) => {
      chmodSync(folder, 0o755);
      const program = file(folder, '#!/bin/sh\n', 0o700);
      expect(run([program], { user: nobody }).stillborn).toEqual(
        text(`couldn't exec ${program}: EACCES`),
      );
      expect(run([program]).status).toBe(0);
    });
  });
});

describeAsRoot('a user with too many processes', () => {
  test('is told so by its child; if it is our own user, no child comes to be', async () => {
    expect(await fixture('too-many-processes')).toEqual({
      other: text("couldn't exec /bin/true: EAGAIN").text,
      own: 'posix_spawn: EAGAIN (Resource temporarily unavailable)',
    });
  });
});

test('its pid was nobody else’s, and is nobody’s once it has been waited for', () => {
  const first = run(['/none']).pid;
  const second = run(['/none']).pid;
  expect(first).toBeGreaterThan(1);
  expect(second).not.toBe(first);
  expect(() => process.kill(first, 0)).toThrow('ESRCH');
});

test('until it has been waited for it can be signalled in vain, alone and as a group', () => {
  const { ours, theirs } = openPipe('read');
  const plain = { argv: ['/none'], environment: {}, directory: null, umask: null, user: null };
  const { pid } = spawn({ file: '/none', ...plain, stdio: [theirs, theirs, theirs] });
  for (const fd of [ours, theirs]) closeSync(fd);
  kill(pid, 15);
  kill(-pid, 15);
  exitOf(pid);
  expect(() => kill(pid, 15)).toThrow('ESRCH');
});

test('an empty argument list is an error too', () => {
  const { ours, theirs } = openPipe('read');
  const nothing = { argv: [], environment: {}, directory: null, umask: null, user: null };
  const { stillborn } = spawn({ file: '/none', ...nothing, stdio: [ours, theirs, theirs] });
  expect(stillborn).toEqual(text("couldn't exec : ENOENT"));
});

function file(folder: string, content: string, mode: number): string {
  const path = join(folder, 'file');
  writeFileSync(path, content, { mode });
  return path;
}
