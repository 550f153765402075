import { describe, expect, test } from '@jest/globals';

import { Fault } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { makeInterfaces, resolveInterfaces, BUILT_IN } from '../../src/methods/interfaces.ts';
import { tableByRole } from '../../src/methods/roles.ts';
import { single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';

const factories: Readonly<Record<string, string>> = {
  supervisor: BUILT_IN,
  twiddler: 'supervisor_twiddler.rpcinterface:make_twiddler_rpcinterface',
  cache: 'supervisor_cache.rpcinterface:make_cache_rpcinterface',
};

/** All methods that are built in, as somebody has them who may only look. */
async function looking(options: Parameters<typeof single>[1] = {}) {
  const daemon = daemonOf([single('web', { startSeconds: 0, ...options })]);
  const sections = Object.entries(factories).map(([name, factory]) => ({
    name,
    factory,
    options: {},
  }));
  const makers = await resolveInterfaces(sections, { path: '/supervisord.conf' });
  const table = makeInterfaces(makers, daemon, daemon.logger);
  const tables = tableByRole(table);
  const call = async (name: string, ...parameters: RpcValue[]): Promise<RpcValue> =>
    tables('readonly').get(name)!.call(parameters);
  return { ...daemon, table, tables, call };
}

const forbidden = { code: 100, text: 'FORBIDDEN: this account may only look' };

describe('whoever may only look', () => {
  test('is refused all that changes something, whatever the parameters', async () => {
    const { tables, supervisor } = await looking();
    const refused = [...tables('readonly')]
      .filter(([, method]) => {
        try {
          void method.call([]);
        } catch (error) {
          return error instanceof Fault && error.code === 100;
        }
        return false;
      })
      .map(([name]) => name);
    expect(refused).toEqual([
      'supervisor.clearLog',
      'supervisor.shutdown',
      'supervisor.restart',
      'supervisor.reloadConfig',
      'supervisor.sendRemoteCommEvent',
      'supervisor.startProcess',
      'supervisor.startProcessGroup',
      'supervisor.startAllProcesses',
      'supervisor.stopProcess',
      'supervisor.stopProcessGroup',
      'supervisor.stopAllProcesses',
      'supervisor.signalProcess',
      'supervisor.signalProcessGroup',
      'supervisor.signalAllProcesses',
      'supervisor.sendProcessStdin',
      'supervisor.addProcessGroup',
      'supervisor.removeProcessGroup',
      'supervisor.clearProcessLogs',
      'supervisor.clearAllProcessLogs',
      'supervisor.clearProcessLog',
      'twiddler.log',
      'twiddler.addGroup',
      'twiddler.addProgramToGroup',
      'twiddler.removeProcessFromGroup',
      'cache.store',
      'cache.delete',
      'cache.clear',
    ]);
    expect(supervisor.state).toBe('RUNNING');
  });

  test('is answered by all that only tells something', async () => {
    const { call } = await looking();
    expect(await call('supervisor.getPID')).toBe(77);
    expect(await call('supervisor.getProcessInfo', 'web')).toMatchObject({ statename: 'STOPPED' });
    expect(await call('twiddler.getGroupNames')).toEqual(['web']);
    expect(await call('tsvisor.getShutdownPlan')).toMatchObject({ seconds: 10 });
    expect(await call('system.methodHelp', 'supervisor.stopProcess')).toContain('Stops a process.');
  });

  test('sees no secrets in commands', async () => {
    const { call, table } = await looking({
      command: '/bin/db --password=hunter2',
    });
    const told = (rows: unknown): unknown => (rows as { command: string }[])[0]?.command;
    const hidden = await call('supervisor.getAllConfigInfo');
    expect(told(hidden)).toBe('/bin/db --password=********');
    const plain = await table.get('supervisor.getAllConfigInfo')?.call([]);
    expect(told(plain)).toBe('/bin/db --password=hunter2');
    expect(hidden).toEqual([{ ...(plain as object[])[0], command: told(hidden) }]);
  });

  test('is refused within system.multicall too', async () => {
    const { call } = await looking();
    const calls = [
      { methodName: 'supervisor.getPID', params: [] },
      { methodName: 'supervisor.startProcess', params: ['web'] },
      { methodName: 'system.multicall', params: [[]] },
    ];
    expect(await call('system.multicall', calls)).toEqual([
      77,
      { faultCode: forbidden.code, faultString: forbidden.text },
      expect.objectContaining({ faultCode: 2 }),
    ]);
  });
});

test('whoever may do everything has the table as it is', async () => {
  const { table, tables } = await looking();
  expect(tables('full')).toBe(table);
});
