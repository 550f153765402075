import { describe, expect, test } from '@jest/globals';

import type { Config } from '@tsvisor/config';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, group, program, single } from '../support/config.ts';

const fcgi = (name: string, port: number): Config['groups'][number] => ({
  ...single(name),
  type: 'fcgi-program',
  socket: { family: 'tcp', host: 'localhost', port, backlog: null },
});

function supervise(what: Config) {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const supervisor = new Supervisor({ config: what, clock, kernel, logger, reap: 'any' });
  supervisor.addGroups();
  supervisor.run();
  const end = (name: string): void => {
    kernel.end(supervisor.find(name)[0]!.pid, 15);
    supervisor.reap();
  };
  return {
    supervisor,
    clock,
    kernel,
    end,
    names: () => supervisor.groups.map(({ name }) => name),
    state: (name: string) => supervisor.find(name)[0]?.state,
  };
}

/** Until what has been resolved so far has had its effects. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const nothing = { added: [], changed: [], removed: [], failed: [] };

describe('an update', () => {
  test('to the same configuration does nothing', async () => {
    const { supervisor, kernel } = supervise(config([single('web')]));
    expect(await supervisor.update(config([single('web')]))).toEqual(nothing);
    expect(kernel.children).toHaveLength(1);
  });

  test('adds what is new, and starts it', async () => {
    const { supervisor, state, clock } = supervise(config([single('web')]));
    const result = await supervisor.update(config([single('web'), single('db')]));
    expect(result).toEqual({ ...nothing, added: ['db'] });
    clock.advance(0);
    expect(state('db')).toBe('STARTING');
  });

  test('removes what is gone, once it has stopped', async () => {
    const { supervisor, end, names } = supervise(config([single('web'), single('db')]));
    const updated = supervisor.update(config([single('web')]));
    await settled();
    expect(names()).toEqual(['web', 'db']);
    end('db');
    expect(await updated).toEqual({ ...nothing, removed: ['db'] });
    expect(names()).toEqual(['web']);
  });

  test('replaces what has changed', async () => {
    const { supervisor, end, clock, kernel, state } = supervise(config([single('web')]));
    const updated = supervisor.update(config([single('web', { command: '/bin/cat' })]));
    await settled();
    end('web');
    expect(await updated).toEqual({ ...nothing, changed: ['web'] });
    clock.advance(0);
    expect(state('web')).toBe('STARTING');
    expect(kernel.child().request.file).toBe('/bin/cat');
  });

  test('of groups of equal names goes by the first, as a start does', async () => {
    const both = config([single('web'), single('web', { command: '/bin/cat' })]);
    const { supervisor } = supervise(both);
    expect(await supervisor.update(both)).toEqual(nothing);
  });

  test('of some groups leaves the others as they are', async () => {
    const { supervisor, names } = supervise(config([]));
    const result = await supervisor.update(config([single('a'), single('b')]), ['b']);
    expect(result).toEqual({ ...nothing, added: ['b'] });
    expect(names()).toEqual(['b']);
  });

  test('goes on when one group cannot be added', async () => {
    const { supervisor, kernel, names } = supervise(config([]));
    kernel.listenErrors.push('EADDRINUSE');
    const { added, failed } = await supervisor.update(config([fcgi('php', 1), single('web')]));
    expect(added).toEqual(['web']);
    expect(failed).toMatchObject([{ group: 'php', what: 'add', code: 'FAILED' }]);
    expect(names()).toEqual(['web']);
  });

  test('is content with a group that somebody else has removed meanwhile', async () => {
    const { supervisor, end } = supervise(config([single('a'), single('b')]));
    const updated = supervisor.update(config([]));
    await settled();
    supervisor.find('b')[0]!.beginStop();
    end('b');
    supervisor.removeGroup('b');
    end('a');
    expect(await updated).toEqual({ ...nothing, removed: ['a', 'b'] });
  });

  test('stops again what somebody starts meanwhile, and leaves it to them in the end', async () => {
    const { supervisor, end, names } = supervise(config([single('web')]));
    const process = supervisor.find('web')[0]!;
    supervisor.events.subscribe('PROCESS_STATE_STOPPED', () => process.beginStart());
    const updated = supervisor.update(config([]));
    for (let times = 0; times < 3; times++) {
      await settled();
      end('web');
    }
    expect((await updated).failed).toEqual([
      {
        group: 'web',
        what: 'remove',
        code: 'STILL_RUNNING',
        why: 'somebody starts its programs again as they are stopped',
      },
    ]);
    expect(names()).toEqual(['web']);
  });

  test('leaves a process that cannot be stopped where it is', async () => {
    const { supervisor, kernel, names } = supervise(config([single('web')]));
    kernel.killErrors.set(supervisor.find('web')[0]!.pid, 'EPERM');
    const { failed } = await supervisor.update(config([]));
    expect(failed).toMatchObject([{ group: 'web', code: 'FAILED' }]);
    expect(names()).toEqual(['web']);
  });

  test('waits for the one before it', async () => {
    const { supervisor, end, names } = supervise(config([single('a')]));
    const first = supervisor.update(config([single('b')]));
    const second = supervisor.update(config([single('b'), single('c')]));
    await settled();
    expect(names()).toEqual(['a']);
    end('a');
    expect(await first).toEqual({ ...nothing, removed: ['a'], added: ['b'] });
    expect(await second).toEqual({ ...nothing, added: ['c'] });
  });

  test('does no more once everything is being stopped', async () => {
    const { supervisor, end, names } = supervise(config([group('a', [program('x')])]));
    const updated = supervisor.update(config([single('b')]));
    await settled();
    const ended = supervisor.shutdown();
    end('a:x');
    await ended;
    expect((await updated).failed).toMatchObject([
      { group: 'a', what: 'remove', code: 'SHUTDOWN_STATE' },
      { group: 'b', what: 'add', code: 'SHUTDOWN_STATE' },
    ]);
    expect(names()).toEqual(['a']);
    await expect(supervisor.update(config([]))).rejects.toMatchObject({ code: 'SHUTDOWN_STATE' });
  });
});
