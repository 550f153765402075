import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { systemClock } from '@tsvisor/core';

import { readGlobs } from '../../src/watch/globs.ts';
import type { Watcher } from '../../src/watch/place-watcher.ts';
import { watchTree } from '../../src/watch/tree-watcher.ts';
import { inFolder } from '../support/folder.ts';
import { waitFor as until } from '../support/wait-for.ts';

interface Tree {
  readonly watcher: Watcher;
  readonly at: (name: string) => string;
  readonly write: (name: string) => void;
  /** Waits until this file, and none but those expected before, has been told of. */
  readonly waitFor: (name: string, again?: () => void) => Promise<void>;
}

const watching = (
  files: readonly string[],
  patterns: string,
  use: (tree: Tree) => Promise<void>,
  fresh: readonly string[] = [],
): Promise<void> =>
  inFolder(async (folder) => {
    const at = (name: string): string => join(folder, name);
    const write = (name: string): void => {
      mkdirSync(join(at(name), '..'), { recursive: true });
      writeFileSync(at(name), 'x');
    };
    for (const name of files) write(name);
    const expected = new Set<string>();
    const told: string[] = [];
    const watcher = await watchTree(
      readGlobs(patterns.split(','), folder),
      {
        changed: (path) => void told.push(path.slice(folder.length + 1)),
        failed: (error) => {
          throw error;
        },
      },
      systemClock,
      fresh.map(at),
    );
    try {
      await use({
        watcher,
        at,
        write,
        waitFor: async (name, again = () => undefined) => {
          expected.add(name);
          await until(`${name} to be told of`, () => {
            again();
            return told.includes(name);
          });
          expect(told.filter((one) => !expected.has(one))).toEqual([]);
          told.length = 0;
        },
      });
    } finally {
      watcher.close();
    }
  });

test('files that are written, made and removed are told of, others are not', () =>
  watching(['a.py', 'x.log', 'b/c/d.py'], '**/*.py', async ({ write, waitFor, at }) => {
    write('x.log');
    write('y.log');
    write('a.py');
    await waitFor('a.py');
    write('b/c/e.py');
    await waitFor('b/c/e.py');
    rmSync(at('b/c/d.py'));
    await waitFor('b/c/d.py');
  }));

test('files of folders that come later are told of', () =>
  watching([], '**/*.py', async ({ write, waitFor }) => {
    write('n/m/o.py');
    await waitFor('n/m/o.py');
    write('n/m/p.py');
    await waitFor('n/m/p.py');
  }));

test('an editor that puts a new file in the place of the old is noticed, each time', () =>
  watching(['a.py'], '*.py', async ({ write, waitFor, at }) => {
    const replace = (): void => {
      write('.a.py.new');
      renameSync(at('.a.py.new'), at('a.py'));
    };
    // Of changes within 50 ms of one another chokidar tells once.
    for (let times = 0; times < 3; times++) await waitFor('a.py', replace);
  }));

test('nothing below an exception is told of', () =>
  watching(['node_modules/x/a.js'], '**,!node_modules', async ({ write, waitFor }) => {
    write('node_modules/x/a.js');
    write('node_modules/y.js');
    write('src/a.js');
    await waitFor('src/a.js');
  }));

test('the target of a link is watched as the link', () =>
  watching(['other/lib/a.py', 'src/x'], 'src/**/*.py', async ({ write, waitFor, at }) => {
    symlinkSync(at('other/lib'), at('src/lib'));
    await waitFor('src/lib/a.py');
    write('other/lib/b.py');
    await waitFor('src/lib/b.py');
  }));

test('a link does not lead out of the folder into what it lies in', () =>
  watching(['src/x', 'a.py'], 'src/**/*.py', async ({ write, waitFor, at }) => {
    symlinkSync('..', at('src/up'));
    symlinkSync('/', at('src/root'));
    write('a.py');
    write('src/b.py');
    await waitFor('src/b.py');
    write('a.py');
    write('src/c.py');
    await waitFor('src/c.py');
  }));

test('a socket is no file', () =>
  watching([], '*', async ({ write, waitFor, at }) => {
    const server = createServer();
    await new Promise<void>((done) => void server.listen(at('s.sock'), done));
    write('a.py');
    await waitFor('a.py');
    await new Promise((done) => void server.close(done));
  }));

test('all that is in a new folder is told of', () =>
  watching(
    ['old/a.py', 'new/b.py'],
    'old/*.py,new/*.py',
    async ({ waitFor }) => {
      await waitFor('new/b.py');
    },
    ['new'],
  ));

test('it is stale once a folder in which a pattern begins has gone', () =>
  watching(['src/a.py'], 'src/*.py', async ({ watcher, at, waitFor }) => {
    rmSync(at('src'), { recursive: true });
    await waitFor('src/a.py');
    await until('it to be stale', () => watcher.isStale);
  }));

test('a folder that is made while the new one around it is being looked through is watched', () =>
  inFolder(async (folder) => {
    const at = (name: string): string => join(folder, name);
    mkdirSync(at('elsewhere/in/it'), { recursive: true });
    writeFileSync(at('elsewhere/first.py'), 'x');
    mkdirSync(at('src'));
    const globs = readGlobs(['**/*.py'], at('src'));
    // Asked of each file that a folder was found to hold, before that folder is watched.
    const matches = (path: string): boolean => {
      if (path === at('src/new/first.py')) mkdirSync(at('src/new/late/in/it'), { recursive: true });
      return globs.matches(path);
    };
    const told: string[] = [];
    const changed = (path: string): void => void told.push(path);
    const failed = (error: unknown): void => void told.push(String(error));
    const watcher = await watchTree({ ...globs, matches }, { changed, failed }, systemClock);
    try {
      renameSync(at('elsewhere'), at('src/new'));
      await until('the new folder to be found', () => told.includes(at('src/new/first.py')));
      await until('what is in the late folder to be told of', () => {
        writeFileSync(at('src/new/late/in/it/a.py'), String(told.length));
        return told.includes(at('src/new/late/in/it/a.py'));
      });
      expect(told.filter((one) => !one.startsWith(at('src/new/')))).toEqual([]);
    } finally {
      watcher.close();
    }
  }));

test('what is there already is no news, by whatever link it is reached', () =>
  inFolder(async (folder) => {
    const at = (name: string): string => join(folder, name);
    mkdirSync(at('src'));
    for (let n = 0; n < 20; n++) {
      mkdirSync(at(`lib/${n}/deep`), { recursive: true });
      for (const name of ['a', 'b', 'deep/c']) writeFileSync(at(`lib/${n}/${name}.py`), 'x');
      symlinkSync(at(`lib/${n}`), at(`src/${n}`));
      symlinkSync(at(`lib/${n}/a.py`), at(`src/${n}.py`));
    }
    const told: string[] = [];
    const changed = (path: string): void => void told.push(path);
    const failed = (error: unknown): void => void told.push(String(error));
    const watcher = await watchTree(
      readGlobs(['src/**/*.py'], folder),
      { changed, failed },
      systemClock,
    );
    try {
      writeFileSync(at('src/new.py'), 'x');
      await until('a new file to be told of', () => told.includes(at('src/new.py')));
      expect(told).toEqual([at('src/new.py')]);
    } finally {
      watcher.close();
    }
  }));
