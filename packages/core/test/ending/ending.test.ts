import { describe, expect, test } from '@jest/globals';

import type { Config } from '@tsvisor/config';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, group, program, single } from '../support/config.ts';

function supervise(what: Config) {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const supervisor = new Supervisor({ config: what, clock, kernel, logger, reap: 'any' });
  supervisor.addGroups();
  supervisor.run();
  clock.advance(1000);
  return {
    supervisor,
    clock,
    kernel,
    lines: () => logger.lines.filter((line) => !/^(debug|blather) /.test(line)),
    signals: (name: string) => kernel.child(supervisor.find(name)[0]!.pid).signals,
    end: (name: string, status: number) => {
      kernel.end(supervisor.find(name)[0]!.pid, status);
      supervisor.reap();
    },
  };
}

/** Lets promises settle. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('shutdown_timeout', () => {
  const two = config([single('db', { priority: 1 }), single('web', { priority: 2 })], {
    shutdownTimeoutSeconds: 5,
  });

  test('kills all that is left when it is over, and names who was late', async () => {
    const { supervisor, clock, signals, lines, end } = supervise(two);
    const finished = supervisor.shutdown();
    clock.advance(4999);
    expect(signals('web')).toEqual([15]);
    expect(signals('db')).toEqual([]);
    clock.advance(1);
    expect(signals('web')).toEqual([15, 9]);
    expect(signals('db')).toEqual([9]);
    expect(lines()).toContain('warn shutdown_timeout of 5 seconds is over, killing db, web');
    end('web', 9);
    end('db', 9);
    await finished;
    supervisor.close();
    expect(clock.pending).toBe(0);
  });

  test('is forgotten when all have stopped in time', async () => {
    const { supervisor, clock, lines, end } = supervise(
      config([single('web')], {
        shutdownTimeoutSeconds: 5,
      }),
    );
    const finished = supervisor.shutdown();
    end('web', 0);
    await finished;
    clock.advance(60_000);
    expect(lines().join()).not.toContain('shutdown_timeout');
  });
});

test('those that die at the same time are said to have stopped in the order of the stop', () => {
  const web = group('web', [program('web_0'), program('web_1')]);
  const { supervisor, kernel, lines } = supervise(config([single('db'), web, single('app')]));
  const pids = ['db', 'web:web_0', 'web:web_1', 'app'].map((name) => supervisor.find(name)[0]!.pid);
  void supervisor.shutdown();
  for (const pid of pids) kernel.end(pid, 15);
  supervisor.reap();
  // Group by group, the last one first; within a group as the kernel has it, the oldest first.
  expect(lines().filter((line) => line.includes('stopped: '))).toEqual(
    ['app', 'web_0', 'web_1', 'db'].map((name) => `warn stopped: ${name} (terminated by SIGTERM)`),
  );
});

describe('asked again to stop', () => {
  const two = config([single('db', { priority: 1 }), single('web', { priority: 2 })]);

  test('a second later, what was asked is killed, and everything else is asked', () => {
    const { supervisor, clock, signals, lines } = supervise(two);
    void supervisor.shutdown();
    clock.advance(1000);
    supervisor.hurry();
    expect(signals('web')).toEqual([15, 9]);
    expect(signals('db')).toEqual([15]);
    expect(lines()).toContain('warn asked again to stop, killing web');
  });

  test('in the same burst of signals, nothing changes', () => {
    const { supervisor, clock, signals } = supervise(two);
    void supervisor.shutdown();
    for (let n = 0; n < 100; n++) supervisor.hurry();
    clock.advance(999);
    supervisor.hurry();
    expect(signals('web')).toEqual([15]);
    expect(signals('db')).toEqual([]);
  });
});

describe('on_fatal=shutdown', () => {
  test('ends everything, with fatal_exit_code', async () => {
    const { supervisor, clock, lines, end } = supervise(
      config(
        [single('web'), single('job', { onFatal: 'shutdown', startRetries: 0, startSeconds: 60 })],
        { fatalExitCode: 7 },
      ),
    );
    end('job', 1 << 8);
    clock.advance(0);
    expect(supervisor.state).toBe('SHUTDOWN');
    expect(lines().slice(-4)).toEqual([
      'warn exited: job (exit status 1; not expected)',
      'info gave up: job entered FATAL state, too many start retries too quickly',
      'warn shutting down: job entered FATAL state (on_fatal=shutdown)',
      'info waiting for web to die',
    ]);
    end('web', 0);
    await supervisor.shutdown();
    expect(supervisor.exitStatus).toBe(7);
  });
});

describe('on_exit=shutdown', () => {
  test('ends everything, whatever autorestart says, with the status of exit_code_from', async () => {
    const { supervisor, clock, kernel, end } = supervise(
      config([single('web'), single('job', { onExit: 'shutdown', autorestart: true })], {
        exitCodeFrom: 'job:job',
      }),
    );
    end('job', 3 << 8);
    clock.advance(0);
    expect(supervisor.state).toBe('SHUTDOWN');
    end('web', 0);
    await supervisor.shutdown();
    clock.advance(60_000);
    expect(kernel.children).toHaveLength(2);
    expect(supervisor.exitStatus).toBe(3);
  });
});

describe('a sweep', () => {
  const leftover = { pid: 77, name: 'forked' };

  /** A supervisor without programs, and what is left to it. */
  function withLeftovers(sweep: boolean | 'auto', isInit: boolean) {
    const all = supervise(config([], { sweep }));
    all.kernel.isInit = isInit;
    all.kernel.left = [leftover];
    const sent: number[] = [];
    all.kernel.kill = (pid, signal) => void (pid === 77 && sent.push(signal));
    return { ...all, sent };
  }

  test('asks what is left to end, and then ends', async () => {
    const { supervisor, clock, kernel, sent, lines } = withLeftovers('auto', true);
    const finished = supervisor.shutdown();
    await settle();
    expect(sent).toEqual([15, 18]);
    kernel.left = [];
    clock.advance(100);
    await finished;
    expect(lines()).toEqual(['info sweeping: TERM to forked (77)']);
  });

  test('kills what is there after sweep_timeout', async () => {
    const { supervisor, clock, kernel, sent, lines } = withLeftovers(true, false);
    const finished = supervisor.shutdown();
    await settle();
    clock.advance(2000);
    await settle();
    expect(sent).toEqual([15, 18, 9]);
    expect(lines()).toContain('warn sweep_timeout of 2 seconds is over, killing forked (77)');
    kernel.left = [];
    clock.advance(100);
    await finished;
  });

  test('does not wait for ever for what cannot be killed', async () => {
    const { supervisor, clock } = withLeftovers(true, false);
    const finished = supervisor.shutdown();
    await settle();
    clock.advance(2000);
    await settle();
    clock.advance(1000);
    await expect(finished).resolves.toBeUndefined();
  });

  test.each([
    ['auto', false, 'SHUTDOWN'],
    [false, true, 'SHUTDOWN'],
    [true, true, 'RESTARTING'],
  ] as const)('with sweep=%s, as pid 1: %s, at %s: none', async (sweep, isInit, mood) => {
    const { supervisor, sent } = withLeftovers(sweep, isInit);
    await supervisor.shutdown(mood);
    expect(sent).toEqual([]);
  });
});
