import { describe, expect, test } from '@jest/globals';

import { findMethod } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { builtInTable } from '../../src/methods/interfaces.ts';
import { group, program, single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';

const setUp = (...groups: Parameters<typeof daemonOf>[0]) => {
  const daemon = daemonOf(groups);
  const table = builtInTable(daemon);
  return {
    ...daemon,
    call: (name: string, ...parameters: RpcValue[]): Promise<RpcValue> => {
      const result = (async () => findMethod(table, `supervisor.${name}`).call(parameters))();
      // What needs no time gets none.
      daemon.clock.advance(0);
      return result;
    },
  };
};

const fault = (code: number, text: string) => ({ code, text });
const done = (name: string, group = name) => ({ name, group, status: 80, description: 'OK' });

describe('startProcess', () => {
  test('waits until it runs', async () => {
    const { call, clock } = setUp(single('web'));
    const started = call('startProcess', 'web');
    clock.advance(1000);
    expect(await started).toBe(true);
  });

  test('does not wait when told not to', async () => {
    const { call, supervisor } = setUp(single('web'));
    expect(await call('startProcess', 'web', false)).toBe(true);
    expect(supervisor.find('web')[0]?.state).toBe('STARTING');
  });

  test('is settled by the first failed attempt', async () => {
    const { call, end } = setUp(single('web'));
    const started = call('startProcess', 'web');
    await Promise.resolve();
    end('web', 1 << 8);
    await expect(started).rejects.toMatchObject(fault(50, 'SPAWN_ERROR: web'));
  });

  test('is refused by the command before it is by the state', async () => {
    const { call } = setUp(single('web', { command: '/no/such' }), single('dir', { command: '/' }));
    await expect(call('startProcess', 'web')).rejects.toMatchObject(
      fault(20, "NO_FILE: can't find command '/no/such'"),
    );
    await expect(call('startProcess', 'dir')).rejects.toMatchObject(
      fault(21, "NOT_EXECUTABLE: command at '/' is a directory"),
    );
  });

  test('is refused, by the name as given, when it is started', async () => {
    const { call } = setUp(group('g', [program('a')]));
    await call('startProcess', 'g:a', false);
    await expect(call('startProcess', 'g:a')).rejects.toMatchObject(
      fault(60, 'ALREADY_STARTED: g:a'),
    );
  });

  test('fails when it is stopped meanwhile', async () => {
    const { call } = setUp(single('web'));
    const started = call('startProcess', 'web');
    await call('stopProcess', 'web', false);
    await expect(started).rejects.toMatchObject(fault(40, 'ABNORMAL_TERMINATION: web'));
  });

  test.each(['nosuch', 'g:nosuch', 'nosuch:*', 'a', '*', ''])('knows no %j', async (name) => {
    const { call } = setUp(group('g', [program('a')]));
    await expect(call('startProcess', name)).rejects.toMatchObject(fault(10, `BAD_NAME: ${name}`));
  });

  test.each([[1], [true], [null], [['a']]])('takes no %j for a name', async (name) => {
    const { call } = setUp(single('web'));
    await expect(call('startProcess', name as RpcValue)).rejects.toThrow(/^a name is a text, not /);
  });
});

describe('several at once', () => {
  test('start by priority; what is settled comes first, and what runs is left out', async () => {
    const { call, clock, kernel } = setUp(
      group('g', [
        program('fast', { startSeconds: 0, priority: 1 }),
        program('slow', { startSeconds: 5, priority: 2 }),
        program('bad', { command: '/no/such', priority: 3 }),
        program('up', { priority: 4 }),
        program('quick', { priority: 5 }),
      ]),
    );
    await call('startProcess', 'g:up', false);
    const started = call('startProcess', 'g:*');
    expect(kernel.children).toHaveLength(4);
    clock.advance(1000);
    clock.advance(4000);
    expect(await started).toEqual([
      done('fast', 'g'),
      {
        name: 'bad',
        group: 'g',
        status: 20,
        description: "NO_FILE: can't find command '/no/such'",
      },
      done('quick', 'g'),
      done('slow', 'g'),
    ]);
    expect(await call('startProcessGroup', 'g', false)).toEqual([
      expect.objectContaining({ name: 'bad' }),
    ]);
  });

  test('are the groups in ascending priority, for stopping too', async () => {
    const { call, kernel } = setUp(
      single('late', { priority: 10, startSeconds: 0 }),
      single('early', { priority: 1, startSeconds: 0 }),
    );
    expect(await call('startAllProcesses')).toEqual([done('early'), done('late')]);
    const stopped = call('stopAllProcesses', false);
    expect(await stopped).toEqual([done('early'), done('late')]);
    expect(kernel.children.map((child) => child.signals)).toEqual([[15], [15]]);
  });

  test('are the processes of a group in ascending priority, whatever is done to them', async () => {
    const { call, clock } = setUp(
      group('g', [
        program('last', { startSeconds: 0, priority: 30 }),
        program('second', { startSeconds: 1, priority: 20 }),
        program('first', { startSeconds: 1, priority: 10 }),
      ]),
    );
    const inOrder = [done('first', 'g'), done('second', 'g'), done('last', 'g')];
    const settledFirst = [done('last', 'g'), done('first', 'g'), done('second', 'g')];
    const started = call('startProcessGroup', 'g');
    clock.advance(1000);
    expect(await started).toEqual(settledFirst);
    expect(await call('signalProcessGroup', 'g', 'CONT')).toEqual(inOrder);
    expect(await call('signalProcess', 'g:*', 'CONT')).toEqual(inOrder);
    expect(await call('stopProcessGroup', 'g', false)).toEqual(inOrder);
  });

  test('are none if there is nothing to do', async () => {
    const { call } = setUp(single('web'));
    expect(await call('stopAllProcesses')).toEqual([]);
    expect(await call('stopProcessGroup', 'web')).toEqual([]);
    expect(await call('startProcess', 'web:', false)).toEqual([done('web')]);
  });

  test('of a group that there is not, by its plain name, are refused', async () => {
    const { call } = setUp(single('web'));
    for (const name of ['nosuch', 'web:*', 1] as const) {
      await expect(call('startProcessGroup', name)).rejects.toMatchObject(
        fault(10, `BAD_NAME: ${name}`),
      );
    }
  });
});

describe('stopProcess', () => {
  test('waits until it is gone, and says so in the log', async () => {
    const { call, end, logger } = setUp(single('web', { startSeconds: 0 }));
    await call('startProcess', 'web');
    const stopped = call('stopProcess', 'web');
    end('web', 15);
    expect(await stopped).toBe(true);
    expect(logger.lines).toContain('info waiting for web to stop');
  });

  test('is refused when it does not run, or is stopping already', async () => {
    const { call } = setUp(single('web', { startSeconds: 0 }));
    await expect(call('stopProcess', 'web')).rejects.toMatchObject(fault(70, 'NOT_RUNNING: web'));
    await call('startProcess', 'web');
    await call('stopProcess', 'web', false);
    await expect(call('stopProcess', 'web')).rejects.toMatchObject(fault(70, 'NOT_RUNNING: web'));
  });
});

describe('signals', () => {
  test.each([['HUP'], ['SIGHUP'], ['hup'], ['1'], [1], [true]])(
    '%j is a hang-up',
    async (signal) => {
      const { call, kernel } = setUp(single('web', { startSeconds: 0 }));
      await call('startProcess', 'web');
      expect(await call('signalProcess', 'web', signal)).toBe(true);
      expect(kernel.child().signals).toEqual([1]);
    },
  );

  test('are refused by name, by signal and by state, in this order', async () => {
    const { call } = setUp(single('web'));
    await expect(call('signalProcess', 'nosuch', 'BOGUS')).rejects.toMatchObject({ code: 10 });
    await expect(call('signalProcess', 'web', 'BOGUS')).rejects.toMatchObject(
      fault(11, 'BAD_SIGNAL: BOGUS'),
    );
    await expect(call('signalProcess', 'web', 35)).rejects.toMatchObject({ code: 11 });
    await expect(call('signalProcess', 'web', 'HUP')).rejects.toMatchObject(
      fault(70, 'NOT_RUNNING: web'),
    );
  });

  test.each([[null], [['HUP']], [{ signal: 'HUP' }]])(
    'are no signals when they are neither text nor number: %j',
    async (signal) => {
      const { call } = setUp(single('web', { startSeconds: 0 }));
      await call('startProcess', 'web');
      const error = 'a signal is a name or a number, not ';
      await expect(call('signalProcess', 'web', signal)).rejects.toThrow(error);
      await expect(call('signalProcess', 'nosuch', signal)).rejects.toMatchObject({ code: 10 });
      await expect(call('signalAllProcesses', signal)).rejects.toThrow(error);
    },
  );

  test('go to those who are there; a bad one is told for each of them', async () => {
    const { call } = setUp(group('g', [program('a', { startSeconds: 0 }), program('b')]));
    await call('startProcess', 'g:a');
    expect(await call('signalProcess', 'g:*', 'CONT')).toEqual([done('a', 'g')]);
    expect(await call('signalAllProcesses', 'BOGUS')).toEqual([
      { name: 'a', group: 'g', status: 11, description: 'BAD_SIGNAL: BOGUS' },
    ]);
  });
});

describe('while everything is being stopped', () => {
  test('nothing is done any more, but for events; what waits goes on', async () => {
    const { call, end, supervisor } = setUp(single('web', { startSeconds: 0 }));
    await call('startProcess', 'web');
    const stopped = call('stopProcess', 'web');
    expect(await call('shutdown')).toBe(true);
    for (const [name, ...parameters] of [
      ['getState'],
      ['restart'],
      ['startProcess', 'nosuch'],
      ['signalAllProcesses', 'HUP'],
    ] as const) {
      await expect(call(name, ...parameters)).rejects.toMatchObject(fault(6, 'SHUTDOWN_STATE'));
    }
    await expect(call('getState', 1)).rejects.toMatchObject({ code: 2 });
    expect(await call('sendRemoteCommEvent', 'a', 'b')).toBe(true);
    end('web', 15);
    expect(await stopped).toBe(true);
    expect(supervisor.state).toBe('SHUTDOWN');
  });
});

test('a stop whose signal is refused is FAILED', async () => {
  const { call, supervisor, clock, kernel } = setUp(single('web'));
  supervisor.find('web')[0]?.beginStart();
  clock.advance(1000);
  const { pid } = kernel.child();
  kernel.killErrors.set(pid, 'EPERM');
  await expect(call('stopProcess', 'web')).rejects.toMatchObject(
    fault(30, `FAILED: unknown problem killing web (${pid})`),
  );
});
