import { describe, expect, test } from '@jest/globals';

import { findMethod } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { builtInTable } from '../../src/methods/interfaces.ts';
import { config, group, program, single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';

const setUp = () => {
  const daemon = daemonOf([
    single('web', { startSeconds: 0 }),
    group('g', [program('b', { stopSignal: 9 }), program('a')], 5),
  ]);
  const table = builtInTable(daemon);
  const call = async (name: string, ...parameters: RpcValue[]) =>
    findMethod(table, `supervisor.${name}`).call(parameters);
  return { daemon, call };
};

describe('the configuration', () => {
  test('read again tells what is new, changed and gone, in an array of one', async () => {
    const { daemon, call } = setUp();
    daemon.next = config([single('web', { priority: 1 }), single('new')]);
    expect(await call('reloadConfig')).toEqual([[['new'], ['web'], ['g']]]);
    expect(await call('addProcessGroup', 'new')).toBe(true);
    await expect(call('addProcessGroup', 'new')).rejects.toMatchObject({
      text: 'ALREADY_ADDED: new',
    });
    await expect(call('addProcessGroup', 'g')).rejects.toMatchObject({ text: 'BAD_NAME: g' });
    expect(await call('removeProcessGroup', 'g')).toBe(true);
    await expect(call('removeProcessGroup', 'g')).rejects.toMatchObject({ text: 'BAD_NAME: g' });
  });

  test('a FastCGI socket that cannot be made refuses its group, and leaves nothing of it', async () => {
    const { daemon, call } = setUp();
    const socket = { family: 'tcp', host: '', port: 9000, backlog: null } as const;
    const fcgi = { ...group('f', [program('f')]), type: 'fcgi-program', socket } as const;
    daemon.next = config([single('web', { startSeconds: 0 }), fcgi]);
    await call('reloadConfig');
    daemon.kernel.listenErrors.push('EADDRINUSE');
    await expect(call('addProcessGroup', 'f')).rejects.toMatchObject({
      code: 30,
      text: expect.stringMatching(/^FAILED: Could not create FastCGI socket tcp:\/\/:9000: EADDR/),
    });
    expect(daemon.supervisor.group('f')).toBeUndefined();
    expect(await call('addProcessGroup', 'f')).toBe(true);
  });

  test('with an error in it is not taken', async () => {
    const { daemon, call } = setUp();
    daemon.next = Object.assign(new Error('Invalid value'), { code: 'CONFIG' });
    await expect(call('reloadConfig')).rejects.toMatchObject({
      code: 92,
      text: 'CANT_REREAD: Invalid value',
    });
  });
});

test('a group that runs is not removed', async () => {
  const { call } = setUp();
  await call('startProcess', 'web', false);
  await expect(call('removeProcessGroup', 'web')).rejects.toMatchObject({
    text: 'STILL_RUNNING: web',
  });
});

test('a name that is no text is a name that nothing has', async () => {
  const { call } = setUp();
  await expect(call('addProcessGroup', 1)).rejects.toMatchObject({ text: 'BAD_NAME: 1' });
  await expect(call('removeProcessGroup', [])).rejects.toMatchObject({ code: 2 });
});

test('processes are told of by group and name', async () => {
  const infos = (await setUp().call('getAllProcessInfo')) as { name: string }[];
  expect(infos.map(({ name }) => name)).toEqual(['a', 'b', 'web']);
  expect(Object.keys(infos[0] ?? {})).toEqual([
    'name',
    'group',
    'start',
    'stop',
    'now',
    'state',
    'statename',
    'spawnerr',
    'exitstatus',
    'logfile',
    'stdout_logfile',
    'stderr_logfile',
    'pid',
    'description',
  ]);
});

test('settings are told of by name, with words for what is not set', async () => {
  const infos = (await setUp().call('getAllConfigInfo')) as Record<string, unknown>[];
  expect(infos.map((info) => info['name'])).toEqual(['a', 'b', 'web']);
  expect(infos[1]).toMatchObject({
    autorestart: 'unexpected',
    directory: 'none',
    exitcodes: [0],
    group: 'g',
    group_prio: 5,
    inuse: true,
    serverurl: 'none',
    stdout_logfile: 'none',
    stopsignal: 9,
    uid: 'none',
  });
  expect(Object.keys(infos[0] ?? {})).toHaveLength(30);
});
