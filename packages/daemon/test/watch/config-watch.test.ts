import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { loadConfig } from '@tsvisor/config';
import { Supervisor } from '@tsvisor/core';
import { FakeClock, FakeKernel, RecordingLogger } from '@tsvisor/core/testing';

import { ConfigWatch } from '../../src/watch/config-watch.ts';
import { watchPlaces, type WatchEvents, type Watcher } from '../../src/watch/place-watcher.ts';
import { placesOf, type Places } from '../../src/watch/places.ts';
import { inFolder } from '../support/folder.ts';
import { waitFor } from '../support/wait-for.ts';

const accounts = {
  userByName: () => undefined,
  userById: () => undefined,
  groupByName: () => undefined,
  groupById: () => undefined,
};

interface Watched {
  readonly folder: string;
  readonly supervisor: Supervisor;
  readonly clock: FakeClock;
  /** What has been logged since the last time. */
  readonly lines: () => string[];
  readonly write: (name: string, text: string) => void;
  /** Lets a change be noticed, and all that follows from it happen. */
  readonly noticed: () => Promise<void>;
  /** The child of a process ends. */
  readonly end: (name: string) => void;
  /** What the watch of the folders says from now on; by itself it says nothing. */
  readonly events: () => WatchEvents;
}

const main = (mode: string, more = ''): string =>
  `[supervisord]\nwatch_config=${mode}\n[include]\nfiles=conf.d/*.conf\n${more}`;
const program = (name: string, options = ''): string =>
  `[program:${name}]\ncommand=/bin/sh ${name}\n${options}\n`;

/** A watch whose time, children and notices of changes are in our hands; the files are real. */
async function watching(
  files: Readonly<Record<string, string>>,
  use: (watched: Watched) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, 'conf.d'));
    for (const [name, text] of Object.entries(files)) write(name, text);
    const source = {
      path: 'main.conf',
      programName: 'tsvd',
      environment: {},
      accounts,
      cwd: folder,
      overrides: {},
      isReread: true,
    };
    const started = loadConfig(source);
    const [clock, kernel, logger] = [new FakeClock(), new FakeKernel(), new RecordingLogger()];
    const supervisor = new Supervisor({ config: started, clock, kernel, logger, reap: 'any' });
    supervisor.addGroups();
    supervisor.run();
    let events: WatchEvents | undefined;
    const settled = async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn++) await new Promise((done) => void setImmediate(done));
    };
    const watch = new ConfigWatch({
      started,
      supervisor,
      clock,
      logger,
      read: (observer) => loadConfig({ ...source, observer }),
      check: () => Promise.resolve(),
      watch: (_places: Places, told: WatchEvents): Promise<Watcher> => {
        events = told;
        return Promise.resolve({ isStale: false, close: () => undefined });
      },
    });
    watch.start();
    await settled();
    let seen = 0;
    const watched: Watched = {
      folder,
      supervisor,
      clock,
      write,
      lines: () => {
        const news = logger.lines.slice(seen).map((line) => line.replaceAll(`${folder}/`, ''));
        seen = logger.lines.length;
        return news.filter((line) => !/spawned|success|stopped|waiting for|^debug/.test(line));
      },
      noticed: async () => {
        events!.changed(folder);
        clock.advance(500);
        await settled();
      },
      end: (name) => {
        kernel.end(supervisor.find(name)[0]!.pid, 15);
        supervisor.reap();
      },
      events: () => events!,
    };
    await use(watched);
    watch.close();
  });
}

describe('watch_config=notify', () => {
  test('says at the start what is watched', () =>
    watching({ 'main.conf': main('notify'), 'conf.d/a.conf': program('a') }, async ({ lines }) => {
      expect(lines()).toEqual([
        'info watching the configuration (watch_config=notify): main.conf, conf.d/a.conf',
      ]);
    }));

  test('says what an update would do, and does nothing', () =>
    watching(
      { 'main.conf': main('notify', program('x')), 'conf.d/a.conf': program('a') },
      async ({ lines, write, noticed, supervisor, folder }) => {
        lines();
        write('conf.d/b.conf', program('b'));
        write('conf.d/a.conf', program('a', 'startsecs=7'));
        write('main.conf', main('notify'));
        await noticed();
        expect(lines()).toEqual([
          'info main.conf has changed: an update would add b; change a; remove x',
        ]);
        rmSync(join(folder, 'conf.d/b.conf'));
        await noticed();
        expect(lines()).toEqual([
          'info conf.d/b.conf has changed: an update would change a; remove x',
        ]);
        expect(supervisor.groups.map(({ name }) => name).toSorted()).toEqual(['a', 'x']);
        expect(supervisor.config.groups.map(({ name }) => name).toSorted()).toEqual(['a', 'x']);
      },
    ));

  test('says nothing of the same text written again, and that a comment changes nothing', () =>
    watching({ 'main.conf': main('notify') }, async ({ lines, write, noticed }) => {
      lines();
      write('main.conf', main('notify'));
      await noticed();
      expect(lines()).toEqual([]);
      write('main.conf', main('notify', ';more'));
      await noticed();
      expect(lines()).toEqual(['info main.conf has changed: no group would']);
    }));

  test('says in one line where and why a file cannot be used', () =>
    watching({ 'main.conf': main('notify') }, async ({ lines, write, noticed }) => {
      lines();
      write('conf.d/b.conf', program('b', 'startsecs=soon'));
      await noticed();
      const [line, ...more] = lines();
      expect(more).toEqual([]);
      expect(line).toContain(
        'error conf.d/b.conf has changed, but the configuration cannot be used, nothing is done: ',
      );
      expect(line).toContain("'soon'");
      expect(line).toContain('conf.d/b.conf:3: [program:b] startsecs');
      await noticed();
      expect(lines()).toEqual([]);
      write('conf.d/b.conf', program('b'));
      await noticed();
      expect(lines()).toEqual(['info conf.d/b.conf has changed: an update would add b']);
    }));

  test('says when the file is gone, and when it is back', () =>
    watching({ 'main.conf': main('notify') }, async ({ lines, write, noticed, folder }) => {
      lines();
      renameSync(join(folder, 'main.conf'), join(folder, 'old'));
      await noticed();
      expect(lines()).toEqual([
        'error main.conf has changed, but the configuration cannot be used, nothing is done: could not find config file main.conf',
      ]);
      write('main.conf', main('notify'));
      await noticed();
      expect(lines()).toEqual(['info main.conf has changed: no group would']);
    }));

  test('names what only a reload brings into force, once', () =>
    watching({ 'main.conf': main('notify') }, async ({ lines, write, noticed }) => {
      lines();
      const text = main('notify').replace('[include]', 'loglevel=debug\n[include]');
      write('main.conf', `${text}[inet_http_server]\nport=127.0.0.1:1\n`);
      await noticed();
      expect(lines()).toEqual([
        'warn [supervisord] loglevel, [inet_http_server] changed: takes effect with a reload (tsvctl reload)',
      ]);
      write('conf.d/a.conf', program('a'));
      await noticed();
      expect(lines()).toEqual(['info conf.d/a.conf has changed: an update would add a']);
    }));

  test('says once that something cannot be watched, and tries again', () =>
    watching({ 'main.conf': main('notify') }, async ({ lines, write, clock, events }) => {
      lines();
      const before = events();
      before.failed(new Error('ENOSPC: no room'));
      before.failed(new Error('ENOSPC: no room'));
      expect(lines()).toEqual([
        'warn cannot watch all of the configuration, trying again: ENOSPC: no room',
      ]);
      write('conf.d/a.conf', program('a'));
      clock.advance(60_000);
      await waitFor('the change to be seen', () => events() !== before);
      await waitFor(
        'a line',
        () => lines()[0] === 'info conf.d/a.conf has changed: an update would add a',
      );
    }));
});

describe('watch_config=update', () => {
  test('does it, and says so', () =>
    watching(
      { 'main.conf': main('update', program('x')), 'conf.d/a.conf': program('a') },
      async ({ lines, write, noticed, supervisor, end }) => {
        lines();
        write('main.conf', main('update', program('x', 'startsecs=3') + program('b')));
        await noticed();
        expect(lines()).toEqual([
          'info main.conf has changed: an update begins, to add b; change x',
        ]);
        end('x');
        await waitFor('x to be replaced', () => supervisor.group('b') !== undefined);
        await waitFor('the end', () =>
          lines().includes('info the update is done: added b; changed x'),
        );
      },
    ));

  test('takes what changes meanwhile after it', () =>
    watching({ 'main.conf': main('update', program('x')) }, async (watched) => {
      const { lines, write, noticed, supervisor, end, clock } = watched;
      lines();
      write('main.conf', main('update'));
      await noticed();
      write('conf.d/b.conf', program('b'));
      await noticed();
      expect(lines()).toEqual(['info main.conf has changed: an update begins, to remove x']);
      end('x');
      await waitFor('the update to be done', () =>
        lines().includes('info the update is done: removed x'),
      );
      clock.advance(500);
      await waitFor('b', () => supervisor.group('b') !== undefined);
    }));

  test('does nothing while everything is being stopped', () =>
    watching({ 'main.conf': main('update', program('x')) }, async (watched) => {
      const { lines, write, noticed, supervisor, end } = watched;
      lines();
      write('main.conf', main('update'));
      await noticed();
      const ended = supervisor.shutdown();
      end('x');
      await ended;
      write('main.conf', main('update', program('y')));
      await noticed();
      expect(lines().filter((line) => line.includes('update'))).toEqual([
        'info main.conf has changed: an update begins, to remove x',
      ]);
    }));
});

describe('the places', () => {
  test('tell of a ConfigMap that is swapped', () =>
    inFolder(async (folder) => {
      const at = (name: string): string => join(folder, name);
      for (const version of ['..v1', '..v2']) {
        mkdirSync(at(version));
        writeFileSync(join(at(version), 'a.conf'), version);
      }
      symlinkSync('..v1', at('..data'));
      symlinkSync('..data/a.conf', at('a.conf'));
      let times = 0;
      const watcher = await watchPlaces(placesOf([at('a.conf')]), {
        changed: () => (times += 1),
        failed: (error) => {
          throw error;
        },
      });
      symlinkSync('..v2', at('..data_tmp'));
      renameSync(at('..data_tmp'), at('..data'));
      await waitFor('the swap to be noticed', () => times > 0);
      watcher.close();
    }));

  test('are stale once their folder is gone', () =>
    inFolder(async (folder) => {
      const at = (name: string): string => join(folder, name);
      mkdirSync(at('c'));
      writeFileSync(at('c/a.conf'), '');
      const watcher = await watchPlaces(placesOf([], [at('c/*.conf')]), {
        changed: () => undefined,
        failed: () => undefined,
      });
      expect(watcher.isStale).toBe(false);
      rmSync(at('c'), { recursive: true });
      await waitFor('it to be noticed', () => watcher.isStale);
      watcher.close();
    }));
});
