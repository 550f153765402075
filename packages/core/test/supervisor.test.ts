import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { Config } from '@tsvisor/config';

import type { SupervisorEvent } from '../src/events/types.ts';
import { Supervisor } from '../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../src/testing/index.ts';
import { config, group, program, single } from './support/config.ts';

const SIGTERM = 15;
const SIGKILL = 9;

/** A supervisor whose time and children are in our hands. */
function supervise(what: Config) {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const supervisor = new Supervisor({ config: what, clock, kernel, logger, reap: 'any' });
  const events: SupervisorEvent[] = [];
  supervisor.events.subscribe('EVENT', (event) => void events.push(event));
  supervisor.addGroups();
  return {
    supervisor,
    clock,
    kernel,
    events,
    process: (name: string) => supervisor.find(name)[0]!,
    /** What is logged at level info and above. */
    lines: () =>
      logger.lines
        .filter((line) => !/^(debug|trace|blather) /.test(line))
        .map((line) => line.slice(line.indexOf(' ') + 1)),
    /** The child of a process ends. */
    end: (name: string, status: number) => {
      kernel.end(supervisor.find(name)[0]!.pid, status);
      supervisor.reap();
    },
  };
}

describe('a start', () => {
  test('leads to RUNNING once it has stayed up for startsecs', () => {
    const { supervisor, clock, process, lines } = supervise(config([single('web')]));
    supervisor.run();
    expect(process('web').state).toBe('STARTING');
    clock.advance(999);
    expect(process('web').state).toBe('STARTING');
    clock.advance(1);
    expect(process('web').state).toBe('RUNNING');
    expect(lines()).toEqual([
      "spawned: 'web' with pid 1001",
      'success: web entered RUNNING state, process has stayed up for > than 1 seconds (startsecs)',
    ]);
  });

  test('of one that may not start by itself waits for somebody to ask', () => {
    const { supervisor, process, kernel } = supervise(
      config([single('web', { autostart: false })]),
    );
    supervisor.run();
    expect(kernel.children).toEqual([]);
    process('web').beginStart();
    expect(process('web').state).toBe('STARTING');
  });

  test('that fails is tried again after 1, 2, 3 seconds, and then given up', () => {
    const { supervisor, clock, kernel, process, lines, end } = supervise(config([single('web')]));
    supervisor.run();
    for (const wait of [1, 2, 3]) {
      end('web', 1 << 8);
      expect(process('web').state).toBe('BACKOFF');
      clock.advance(wait * 1000 - 1);
      expect(process('web').state).toBe('BACKOFF');
      clock.advance(1);
      expect(process('web').state).toBe('STARTING');
    }
    end('web', 1 << 8);
    clock.advance(0);
    expect(process('web').state).toBe('FATAL');
    expect(kernel.children).toHaveLength(4);
    expect(lines().slice(-2)).toEqual([
      'exited: web (exit status 1; not expected)',
      'gave up: web entered FATAL state, too many start retries too quickly',
    ]);
  });

  test('without a command that could be executed is a spawn error', () => {
    const { supervisor, clock, process, lines } = supervise(
      config([single('web', { command: '/no/such/command', startRetries: 0 })]),
    );
    supervisor.run();
    clock.advance(0);
    expect(process('web').info()).toMatchObject({
      statename: 'FATAL',
      spawnerr: "can't find command '/no/such/command'",
      description: "can't find command '/no/such/command'",
    });
    expect(lines()).toEqual([
      "spawnerr: can't find command '/no/such/command'",
      'gave up: web entered FATAL state, too many start retries too quickly',
    ]);
  });

  test('that is the last of several which fail together is given up when all have failed', () => {
    const { supervisor, clock, lines, end } = supervise(
      config([
        single('a', { startRetries: 0 }),
        single('b', { command: '/no/such/command', startRetries: 0 }),
        single('c', { startRetries: 0 }),
      ]),
    );
    supervisor.run();
    lines();
    end('a', 1 << 8);
    end('c', 1 << 8);
    clock.advance(0);
    expect(lines().slice(-5)).toEqual([
      'exited: a (exit status 1; not expected)',
      'exited: c (exit status 1; not expected)',
      'gave up: b entered FATAL state, too many start retries too quickly',
      'gave up: a entered FATAL state, too many start retries too quickly',
      'gave up: c entered FATAL state, too many start retries too quickly',
    ]);
  });

  test.each([
    ['EAGAIN', "Too many processes in process table to spawn 'web'"],
    ['ENOMEM', "unknown error during fork for 'web': ENOMEM"],
  ])('that the system refuses with %s is a spawn error', (code, why) => {
    const { supervisor, kernel, process } = supervise(config([single('web')]));
    kernel.spawnErrors.push(code);
    supervisor.run();
    expect(process('web').info()).toMatchObject({ statename: 'BACKOFF', spawnerr: why });
  });

  test('tells the child who supervises it, and lets the configuration override that', () => {
    const { supervisor, kernel } = supervise(
      config([group('g', [program('p', { environment: { SUPERVISOR_ENABLED: 'yes', A: 'b' } })])], {
        serverUrl: 'unix:///s.sock',
      }),
    );
    supervisor.run();
    expect(kernel.child().request.environment).toMatchObject({
      SUPERVISOR_ENABLED: 'yes',
      SUPERVISOR_PROCESS_NAME: 'p',
      SUPERVISOR_GROUP_NAME: 'g',
      SUPERVISOR_SERVER_URL: 'unix:///s.sock',
      A: 'b',
    });
  });

  test('waits for nobody: all groups start in order of priority', () => {
    const { supervisor, lines } = supervise(
      config([single('db', { priority: 1 }), single('a'), single('b')]),
    );
    supervisor.run();
    expect(lines().map((line) => line.split("'")[1])).toEqual(['db', 'a', 'b']);
  });
});

describe('a request to start', () => {
  test.each([
    ['a running process', 'ALREADY_STARTED: web', 0],
    ['a process in BACKOFF', 'ALREADY_STARTED: web', 1],
  ])('%s is refused', (_what, refusal, exits) => {
    const { supervisor, process, end } = supervise(config([single('web')]));
    supervisor.run();
    if (exits > 0) end('web', 0);
    expect(() => process('web').beginStart()).toThrow(refusal);
  });

  test('one that is stopping does nothing but say so', async () => {
    const { supervisor, process, kernel, lines } = supervise(config([single('web')]));
    supervisor.run();
    process('web').beginStop();
    process('web').beginStart();
    await expect(process('web').whenStarted()).rejects.toThrow('ABNORMAL_TERMINATION: web');
    expect(lines()).toContain("process 'web' already running");
    expect(kernel.children).toHaveLength(1);
  });

  test('with startsecs=0 is answered with RUNNING at once', () => {
    const { process } = supervise(config([single('web', { autostart: false, startSeconds: 0 })]));
    process('web').beginStart();
    expect(process('web').state).toBe('RUNNING');
  });

  test('resolves when it is RUNNING, and rejects at its first failure', async () => {
    const { process, clock, end } = supervise(
      config([single('web', { autostart: false }), single('bad', { autostart: false })]),
    );
    process('web').beginStart();
    process('bad').beginStart();
    const web = process('web').whenStarted();
    const bad = process('bad').whenStarted();
    end('bad', 0);
    await expect(bad).rejects.toThrow('SPAWN_ERROR: bad');
    clock.advance(1000);
    await expect(web).resolves.toBeUndefined();
  });
});

describe('an exit', () => {
  test('that was not expected restarts at once what ran for a second or more', () => {
    const { supervisor, clock, process, kernel, end } = supervise(config([single('web')]));
    supervisor.run();
    clock.advance(5000);
    end('web', SIGKILL);
    clock.advance(0);
    expect(process('web').state).toBe('STARTING');
    expect(kernel.children).toHaveLength(2);
  });

  test('within the first second restarts when that is over, never faster', () => {
    const { supervisor, clock, kernel, end } = supervise(
      config([single('web', { startSeconds: 0, autorestart: true })]),
    );
    supervisor.run();
    clock.advance(100);
    end('web', 0);
    clock.advance(899);
    expect(kernel.children).toHaveLength(1);
    clock.advance(1);
    expect(kernel.children).toHaveLength(2);
  });

  test('judged by its own time counts as RUNNING first, and says so', () => {
    const { supervisor, clock, kernel, process, lines, events, end } = supervise(
      config([single('web', { startSeconds: 0, autorestart: false })]),
    );
    supervisor.run();
    end('web', 7 << 8);
    clock.advance(1);
    expect(process('web').state).toBe('EXITED');
    expect(kernel.children).toHaveLength(1);
    expect(lines()).toEqual([
      "spawned: 'web' with pid 1001",
      'success: web entered RUNNING state, process has stayed up for > than 0 seconds (startsecs)',
      'exited: web (exit status 7; not expected)',
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      'PROCESS_GROUP_ADDED',
      'SUPERVISOR_STATE_CHANGE_RUNNING',
      'PROCESS_STATE_STARTING',
      'PROCESS_STATE_RUNNING',
      'PROCESS_STATE_EXITED',
    ]);
  });

  test('of a child that nobody knows is told', () => {
    const { supervisor, kernel, lines } = supervise(config([]));
    kernel.end(77, 7 << 8);
    kernel.end(78, SIGKILL);
    supervisor.reap();
    expect(lines()).toEqual([
      'reaped unknown pid 77 (exit status 7)',
      'reaped unknown pid 78 (terminated by SIGKILL)',
    ]);
  });
});

describe('a stop', () => {
  test('sends the stop signal, and SIGKILL each stopwaitsecs until it is gone', async () => {
    const { supervisor, clock, kernel, process, lines, end } = supervise(config([single('web')]));
    supervisor.run();
    clock.advance(1000);
    process('web').beginStop();
    const stopped = process('web').whenStopped();
    expect(kernel.child().signals).toEqual([SIGTERM]);
    clock.advance(9999);
    expect(kernel.child().signals).toEqual([SIGTERM]);
    clock.advance(1);
    expect(kernel.child().signals).toEqual([SIGTERM, SIGKILL]);
    clock.advance(10_000);
    expect(kernel.child().signals).toEqual([SIGTERM, SIGKILL, SIGKILL]);
    end('web', SIGKILL);
    await stopped;
    expect(process('web').info()).toMatchObject({ statename: 'STOPPED', exitstatus: -1, pid: 0 });
    expect(lines()).toContain("killing 'web' (1001) with SIGKILL");
    expect(lines().at(-1)).toBe('stopped: web (terminated by SIGKILL)');
  });

  test('says every two seconds, and not for each client, that it is waited for', async () => {
    const { supervisor, clock, process, lines, end } = supervise(config([single('web')]));
    supervisor.run();
    clock.advance(1000);
    process('web').beginStop();
    const both = Promise.all([process('web').whenStopped(), process('web').whenStopped()]);
    clock.advance(5000);
    end('web', 0);
    await both;
    expect(lines().filter((line) => line === 'waiting for web to stop')).toHaveLength(3);
    supervisor.close();
    expect(clock.pending).toBe(0);
  });

  test('is refused while it stops already', () => {
    const { supervisor, process } = supervise(config([single('web')]));
    supervisor.run();
    process('web').beginStop();
    expect(() => process('web').beginStop()).toThrow('NOT_RUNNING: web');
  });

  test('of one that waits for a retry sends nothing', () => {
    const { supervisor, process, kernel, clock, end } = supervise(config([single('web')]));
    supervisor.run();
    end('web', 0);
    process('web').beginStop();
    expect(process('web').state).toBe('STOPPED');
    clock.advance(60_000);
    expect(kernel.children).toHaveLength(1);
  });

  test('that may not be sent leaves the process UNKNOWN, and nothing can be done with it', () => {
    const { supervisor, process, kernel, clock, end } = supervise(config([single('web')]));
    supervisor.run();
    clock.advance(1000);
    kernel.killErrors.set(1001, 'EPERM');
    process('web').beginStop();
    expect(process('web').state).toBe('UNKNOWN');
    expect(() => process('web').beginStart()).toThrow('FAILED: web is in an unknown process state');
    end('web', 0);
    expect(process('web').info()).toMatchObject({ statename: 'UNKNOWN', pid: 0 });
  });
});

describe('a signal', () => {
  test('leaves the state as it is, and a death by it is an exit like any other', () => {
    const { supervisor, process, kernel, clock, end } = supervise(config([single('web')]));
    supervisor.run();
    clock.advance(1000);
    process('web').signal(1);
    expect(kernel.child().signals).toEqual([1]);
    expect(process('web').state).toBe('RUNNING');
    end('web', 1);
    expect(process('web').state).toBe('EXITED');
  });

  test('to a process that is not there is refused', () => {
    const { process } = supervise(config([single('web')]));
    expect(() => process('web').signal(1)).toThrow('NOT_RUNNING: web');
  });
});

describe('shutdown', () => {
  const three = config([
    single('db', { priority: 1 }),
    single('web', { priority: 10 }),
    single('queue', { priority: 10 }),
  ]);

  test('stops groups of equal priority together, high numbers first', async () => {
    const { supervisor, kernel, clock, lines, end } = supervise(three);
    supervisor.run();
    clock.advance(1000);
    const finished = supervisor.shutdown();
    const signalled = (): number[] =>
      kernel.children.filter(({ signals }) => signals.length > 0).map(({ pid }) => pid);
    expect(signalled()).toEqual([1002, 1003]);
    end('web', 0);
    end('queue', 0);
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(signalled()).toEqual([1001, 1002, 1003]);
    end('db', 0);
    await finished;
    expect(lines()).toContain('waiting for db, web, queue to die');
    supervisor.close();
    expect(clock.pending).toBe(0);
  });

  test('names every three seconds who is left', async () => {
    const { supervisor, clock, lines, end } = supervise(config([single('web')]));
    supervisor.run();
    clock.advance(1000);
    const finished = supervisor.shutdown();
    clock.advance(7000);
    end('web', 0);
    await finished;
    expect(lines().filter((line) => line === 'waiting for web to die')).toHaveLength(3);
  });

  test('starts nothing any more, and gives up what waits for a retry', async () => {
    const { supervisor, kernel, clock, process, end, lines } = supervise(
      config([single('web'), single('flaky')]),
    );
    supervisor.run();
    end('flaky', 1 << 8);
    clock.advance(1000);
    end('flaky', 1 << 8);
    const finished = supervisor.shutdown();
    expect(process('flaky').state).toBe('FATAL');
    end('web', 1 << 8);
    await finished;
    clock.advance(60_000);
    expect(kernel.children).toHaveLength(3);
    expect(lines().filter((line) => line.startsWith('gave up'))).toEqual([]);
  });

  test('asked for twice happens once, and wins over a restart', async () => {
    const { supervisor, clock, kernel, events, end } = supervise(config([single('web')]));
    supervisor.run();
    clock.advance(1000);
    const first = supervisor.shutdown('RESTARTING');
    const second = supervisor.shutdown('SHUTDOWN');
    expect(second).toBe(first);
    expect(supervisor.state).toBe('SHUTDOWN');
    end('web', 0);
    await first;
    expect(kernel.child().signals).toEqual([SIGTERM]);
    expect(events.filter(({ type }) => type === 'SUPERVISOR_STATE_CHANGE_STOPPING')).toHaveLength(
      1,
    );
  });

  test('that comes before anything was started starts nothing', async () => {
    const { supervisor, kernel } = supervise(config([single('web')]));
    await supervisor.shutdown();
    supervisor.run();
    expect(kernel.children).toEqual([]);
  });
});

describe('groups', () => {
  test('are found by namespec', () => {
    const { supervisor } = supervise(config([group('g', [program('a'), program('b')])]));
    const names = (spec: string): string[] => supervisor.find(spec).map(({ name }) => name);
    expect(names('g:a')).toEqual(['a']);
    expect(names('g:*')).toEqual(['a', 'b']);
    expect(names('g:')).toEqual(['a', 'b']);
    for (const wrong of ['a', 'g', 'g:c', 'x:*', '*', '']) {
      expect(() => supervisor.find(wrong)).toThrow(`BAD_NAME`);
    }
  });

  test('that still run cannot be removed', () => {
    const { supervisor, process, end } = supervise(config([single('web')]));
    supervisor.run();
    expect(() => supervisor.removeGroup('web')).toThrow('STILL_RUNNING: web');
    process('web').beginStop();
    end('web', 0);
    supervisor.removeGroup('web');
    expect(supervisor.groups).toEqual([]);
    expect(() => supervisor.removeGroup('web')).toThrow('BAD_NAME: web');
  });

  test('that are added again go on with their AUTO logs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tv'));
    const stdout = { ...program('web').stdout, logfile: { to: 'auto' } } as const;
    const { supervisor } = supervise(config([single('web', { stdout })], { childLogDir: folder }));
    const path = supervisor.find('web')[0]?.log('stdout').path;
    supervisor.removeGroup('web');
    supervisor.addGroup('web');
    expect(supervisor.find('web')[0]?.log('stdout').path).toBe(path);
    expect(readdirSync(folder)).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  test('of a configuration read anew can be added, and start by themselves', () => {
    const { supervisor, clock, events } = supervise(config([single('web')]));
    supervisor.run();
    expect(supervisor.reread(config([single('web'), single('new')]))).toMatchObject({
      added: ['new'],
      changed: [],
      removed: [],
    });
    expect(() => supervisor.addGroup('web')).toThrow('ALREADY_ADDED: web');
    expect(() => supervisor.addGroup('nosuch')).toThrow('BAD_NAME: nosuch');
    supervisor.addGroup('new');
    clock.advance(0);
    expect(supervisor.find('new')[0]?.state).toBe('STARTING');
    expect(events.filter(({ type }) => type === 'PROCESS_GROUP_ADDED')).toHaveLength(2);
  });
});

describe('what is counted', () => {
  test('restarts of a process are the starts that followed its first, whoever asked for them', () => {
    const { supervisor, clock, process, end } = supervise(config([single('web')]));
    supervisor.run();
    expect([process('web').facts.spawns, process('web').restarts]).toEqual([1, 0]);
    clock.advance(1000);
    end('web', 3 << 8);
    clock.advance(0);
    expect([process('web').facts.spawns, process('web').restarts]).toEqual([2, 1]);
    clock.advance(1000);
    process('web').beginStop();
    end('web', 15);
    expect(process('web').restarts).toBe(1);
    process('web').beginStart();
    expect(process('web').restarts).toBe(2);
  });

  test('a failed start counts once its child came to be, and one without a command does not', () => {
    const { supervisor, clock, process, end } = supervise(
      config([single('web'), single('no', { command: '/no/such/program' })]),
    );
    expect(process('web').restarts).toBe(0);
    supervisor.run();
    end('web', 1 << 8);
    clock.advance(1000);
    expect(process('web').facts.spawns).toBe(2);
    expect(process('no').facts.spawns).toBe(0);
    expect(supervisor.totals.spawns).toBe(2);
  });

  test('totals go on when a group is removed and added again', () => {
    const { supervisor, kernel, end, clock, process } = supervise(config([single('web')]));
    supervisor.run();
    clock.advance(1000);
    kernel.end(77, 0);
    end('web', 3 << 8);
    clock.advance(0);
    process('web').beginStop();
    end('web', 15);
    supervisor.removeGroup('web');
    expect(supervisor.totals).toEqual({
      spawns: 2,
      reaped: 3,
      reapedStrangers: 1,
      eventsDiscarded: 0,
    });
    supervisor.addGroup('web');
    clock.advance(0);
    expect(supervisor.totals.spawns).toBe(3);
  });

  test('usage is that of what runs, by namespec', () => {
    const { supervisor, kernel, end } = supervise(
      config([single('web'), group('app', [program('a'), program('b')])]),
    );
    expect(supervisor.usage()).toEqual(new Map());
    supervisor.run();
    const row = { parent: 1, session: 1, cpuSeconds: 0.5, memoryBytes: 4096 };
    const [web, a, b] = ['web', 'app:a', 'app:b'].map((name) => supervisor.find(name)[0]!.pid);
    kernel.table = [
      { ...row, pid: web!, group: web! },
      { ...row, pid: a!, group: a! },
      { ...row, pid: 2000, group: a!, parent: a! },
      { ...row, pid: b!, group: b! },
    ];
    end('app:b', 1 << 8);
    expect(supervisor.usage()).toEqual(
      new Map([
        ['web', { cpuSeconds: 0.5, memoryBytes: 4096, count: 1 }],
        ['app:a', { cpuSeconds: 1, memoryBytes: 8192, count: 2 }],
      ]),
    );
    kernel.table = [];
    expect(supervisor.usage()).toEqual(new Map());
  });
});
