import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { ProcessConfig } from '@tsvisor/config';
import { Supervisor, type Process } from '@tsvisor/core';
import {
  config,
  FakeClock,
  FakeKernel,
  group,
  program,
  RecordingLogger,
} from '@tsvisor/core/testing';

import { readGlobs } from '../../src/watch/globs.ts';
import type { WatchEvents } from '../../src/watch/place-watcher.ts';
import { ProgramWatch } from '../../src/watch/program-watch.ts';
import { inFolder } from '../support/folder.ts';

const SECOND = 1000;

interface Watched {
  readonly supervisor: Supervisor;
  readonly kernel: FakeKernel;
  readonly clock: FakeClock;
  readonly tree: WatchEvents;
  readonly places: WatchEvents;
  /** With which folders as new the tree was opened, each time. */
  readonly opened: (readonly string[])[];
  readonly process: (name?: string) => Process;
  /** What the watch has logged since the last time. */
  readonly lines: () => string[];
  /** A file changes, it is quiet for long enough, and the child ends when it is asked to. */
  readonly change: (file: string) => Promise<void>;
  /** The children that were asked to end do so. */
  readonly endAsked: () => Promise<void>;
  readonly isGone: () => boolean;
}

const settled = (): Promise<void> => new Promise((done) => void setImmediate(done));

/** A program a, of some processes, whose files in /app are watched by nobody but the test. */
async function watching(
  names: readonly string[],
  use: (watched: Watched) => Promise<void>,
  { root = '/', ...change }: Partial<ProcessConfig> & { root?: string } = {},
): Promise<void> {
  const [clock, kernel, logger] = [new FakeClock(), new FakeKernel(), new RecordingLogger()];
  const settings = { startSeconds: 0, ...change };
  const groups = [
    group(
      'a',
      names.map((name) => program(name, settings)),
    ),
  ];
  const supervisor = new Supervisor({
    config: config(groups),
    clock,
    kernel,
    logger,
    reap: 'any',
  });
  supervisor.addGroups();
  supervisor.run();
  const opened: (readonly string[])[] = [];
  let [tree, places]: (WatchEvents | undefined)[] = [];
  let isGone = false;
  const watcher = { isStale: false, close: () => undefined };
  const watch = new ProgramWatch({
    globs: readGlobs(['**'], root),
    debounceMs: 500,
    clock,
    logger,
    processes: () => supervisor.group('a')?.processes ?? [],
    isOurs: (path) => path.endsWith('.log'),
    isSupervising: () => supervisor.state === 'RUNNING',
    gone: () => (isGone = true),
    watchPlaces: (_places, events) => {
      places = events;
      return Promise.resolve(watcher);
    },
    watchTree: (_globs, events, fresh = []) => {
      tree = events;
      opened.push(fresh);
      return Promise.resolve(watcher);
    },
  });
  await watch.open();
  let seen = 0;
  const endAsked = async (): Promise<void> => {
    for (const process of supervisor.group('a')?.processes ?? []) {
      if (process.state !== 'STOPPING') continue;
      kernel.end(process.pid, 15);
      supervisor.reap();
    }
    await settled();
  };
  await use({
    supervisor,
    kernel,
    clock,
    tree: tree!,
    places: places!,
    opened,
    process: (name = names[0]!) => supervisor.find(`a:${name}`)[0]!,
    lines: () => {
      const news = logger.lines.slice(seen);
      seen = logger.lines.length;
      return news.filter((line) => /has changed|change of|is not there|cannot watch/.test(line));
    },
    change: async (file) => {
      tree!.changed(file);
      clock.advance(500);
      await endAsked();
    },
    endAsked,
    isGone: () => isGone,
  });
  watch.close();
}

describe('a change', () => {
  test('restarts a program once no more follows', () =>
    watching(['x'], async ({ tree, clock, kernel, lines, endAsked, process }) => {
      tree.changed('/app/a');
      clock.advance(499);
      tree.changed('/app/b');
      clock.advance(499);
      expect(process().state).toBe('RUNNING');
      clock.advance(1);
      expect(process().state).toBe('STOPPING');
      await endAsked();
      expect(process().state).toBe('STARTING');
      expect(kernel.children).toHaveLength(2);
      expect(lines()).toEqual(['info restarting a:x: /app/a has changed (watch)']);
      clock.advance(10 * SECOND);
      expect(kernel.children).toHaveLength(2);
    }));

  test('restarts all processes of the program but those that were stopped', () =>
    watching(['x', 'y', 'z'], async ({ change, lines, process, endAsked }) => {
      process('y').beginStop();
      await endAsked();
      await change('/app/a');
      expect(lines()).toEqual(['info restarting a:x, a:z: /app/a has changed (watch)']);
      expect(process('y').state).toBe('STOPPED');
    }));

  test('leaves a program alone that was never started', () =>
    watching(
      ['x'],
      async ({ change, lines, process }) => {
        await change('/app/a');
        expect([process().state, lines()]).toEqual(['STOPPED', []]);
      },
      { autostart: false },
    ));

  test.each([
    ['EXITED', {}, 0],
    ['BACKOFF', { startRetries: 3 }, 1],
    ['FATAL', { startRetries: 0 }, 1],
  ] as const)('starts a program that is %s', (state, settings, failures) =>
    watching(
      ['x'],
      async ({ change, kernel, supervisor, process }) => {
        kernel.end(process().pid, 1 << 8);
        supervisor.reap();
        for (let times = 0; times < failures; times++) {
          kernel.spawnErrors.push('EAGAIN');
          await change('/app/a');
        }
        expect(process().state).toBe(state);
        await change('/app/a');
        expect(process().pid).not.toBe(0);
      },
      { autorestart: false, ...settings },
    ),
  );

  test('says when a program cannot be started', () =>
    watching(
      ['x'],
      async ({ change, kernel, supervisor, process, lines }) => {
        kernel.end(process().pid, 0);
        supervisor.reap();
        kernel.spawnErrors.push('EMFILE');
        await change('/app/a');
        expect(lines()).toEqual([
          'info restarting a:x: /app/a has changed (watch)',
          'warn cannot start a:x after a change of its files: SPAWN_ERROR: x',
        ]);
      },
      { autorestart: false },
    ));

  test('during the restart is taken after it', () =>
    watching(['x'], async ({ tree, clock, kernel, endAsked, process }) => {
      tree.changed('/app/a');
      clock.advance(500);
      tree.changed('/app/b');
      clock.advance(5 * SECOND);
      expect(process().state).toBe('STOPPING');
      await endAsked();
      expect(kernel.children).toHaveLength(2);
      clock.advance(500);
      await endAsked();
      expect(kernel.children).toHaveLength(3);
    }));

  test('of a log that we write ourselves is none', () =>
    watching(['x'], async ({ change, kernel }) => {
      await change('/app/x.log');
      expect(kernel.children).toHaveLength(1);
    }));

  test('starts nothing once everything is being stopped', () =>
    watching(['x'], async ({ supervisor, tree, clock, kernel, endAsked }) => {
      tree.changed('/app/a');
      clock.advance(500);
      void supervisor.shutdown();
      await endAsked();
      expect(kernel.children).toHaveLength(1);
    }));

  test('starts nothing in the place of a group that has been removed', () =>
    watching(['x'], async ({ supervisor, tree, clock, kernel, endAsked, isGone }) => {
      tree.changed('/app/a');
      clock.advance(500);
      supervisor.events.subscribe('PROCESS_STATE_STOPPED', () => supervisor.removeGroup('a'));
      await endAsked();
      expect(kernel.children).toHaveLength(1);
      tree.changed('/app/a');
      clock.advance(500);
      expect(isGone()).toBe(true);
    }));
});

test('a program that changes its own files comes to rest', () =>
  watching(['x'], async ({ tree, clock, kernel, lines, endAsked }) => {
    for (let step = 0; step < 600; step++) {
      tree.changed('/app/state');
      clock.advance(SECOND);
      await endAsked();
    }
    const [waits, restarts] = [lines(), kernel.children.length - 1];
    expect(restarts).toBeLessThan(15);
    expect(waits).toContain(
      'warn /app/state has changed, but a:x has been restarted 5 times in a row, and waits 4 seconds: if it writes that file itself, take it out of watch with !PATTERN',
    );
  }));

describe('the folders in which the patterns begin', () => {
  test('are watched anew when they come to be, and all in them is new', () =>
    inFolder(async (folder) => {
      const root = join(folder, 'app');
      await watching(
        ['x'],
        async ({ opened, places, lines }) => {
          expect(lines()).toEqual([
            `warn ${root} is not there: a:x is restarted once it is (watch)`,
          ]);
          places.changed(folder);
          expect(opened).toEqual([[]]);
          mkdirSync(root);
          places.changed(folder);
          await settled();
          expect(opened).toEqual([[], [root]]);
        },
        { root },
      );
    }));

  test('restart the program when they go', () =>
    inFolder(async (folder) => {
      const root = join(folder, 'app');
      mkdirSync(root);
      await watching(
        ['x'],
        async ({ places, lines, clock, endAsked }) => {
          rmSync(root, { recursive: true });
          places.changed(folder);
          clock.advance(500);
          await endAsked();
          expect(lines()).toContain(`info restarting a:x: ${root} has changed (watch)`);
        },
        { root },
      );
    }));
});

test('what cannot be watched is said once, and tried again where it may help', () =>
  watching(['x'], async ({ tree, clock, opened, lines }) => {
    const full = Object.assign(new Error('ENOSPC: no more watches'), { code: 'ENOSPC' });
    const denied = Object.assign(new Error('EACCES: not allowed'), { code: 'EACCES' });
    for (const error of [full, full, denied, denied]) tree.failed(error);
    expect(lines()).toEqual([
      'warn cannot watch all files of a:x: ENOSPC: no more watches',
      'warn cannot watch all files of a:x: EACCES: not allowed',
    ]);
    clock.advance(60 * SECOND);
    await settled();
    expect(opened).toHaveLength(2);
    clock.advance(60 * SECOND);
    await settled();
    expect(opened).toHaveLength(2);
  }));
