import { describe, expect, test } from '@jest/globals';

import type { GroupConfig } from '@tsvisor/core';
import { findMethod } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { builtInTable, makeInterfaces } from '../../src/methods/interfaces.ts';
import { program, single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';

const pool: GroupConfig = {
  type: 'eventlistener',
  name: 'pool',
  priority: -1,
  processes: [
    program('b', { autostart: true, startSeconds: 0 }),
    program('a', { autostart: true, startSeconds: 0 }),
  ],
  events: ['REMOTE_COMMUNICATION'],
  bufferSize: 2,
  resultHandler: 'supervisor.dispatchers:default_handler',
  recoversListeners: false,
};

function setUp() {
  const daemon = daemonOf([single('web'), pool]);
  daemon.supervisor.run();
  daemon.clock.advance(0);
  const table = builtInTable(daemon);
  const call = (name: string, ...parameters: RpcValue[]) =>
    findMethod(table, name).call(parameters);
  return { ...daemon, call };
}

describe('tsvisor.getListenerInfo', () => {
  test('tells the state of each listener, and what waits and was dropped in its pool', () => {
    const { supervisor, kernel, call } = setUp();
    kernel.output(supervisor.find('pool:b')[0]!.pid, 1, 'READY\n');
    kernel.output(supervisor.find('pool:a')[0]!.pid, 1, 'nonsense');
    for (const data of ['1', '2', '3', '4']) void call('supervisor.sendRemoteCommEvent', 'x', data);
    // One goes to b at once, when the fourth has no room.
    const shared = { group: 'pool', buffered: 2, buffer_size: 2, discarded: 1 };
    expect(call('tsvisor.getListenerInfo')).toEqual([
      { name: 'a', listenerstate: 'UNKNOWN', ...shared },
      { name: 'b', listenerstate: 'BUSY', ...shared },
    ]);
  });

  test('is described, but not listed: clients compare the list', () => {
    const { call } = setUp();
    expect(call('system.listMethods')).not.toContain('tsvisor.getListenerInfo');
    expect(call('system.methodSignature', 'tsvisor.getListenerInfo')).toEqual(['array']);
  });

  test('takes no parameters', () => {
    expect(() => setUp().call('tsvisor.getListenerInfo', 1)).toThrow('INCORRECT_PARAMETERS');
  });

  test('is not there where the configuration has no [rpcinterface:supervisor]', () => {
    const daemon = daemonOf([pool]);
    const table = makeInterfaces([], daemon, daemon.logger);
    expect([...table.keys()].filter((name) => name.startsWith('tsvisor.'))).toEqual([]);
  });
});
