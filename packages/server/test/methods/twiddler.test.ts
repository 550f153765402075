import { describe, expect, test } from '@jest/globals';

import { findMethod } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { makeInterfaces, resolveInterfaces } from '../../src/methods/interfaces.ts';
import { group, program, single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';

const FACTORY = 'supervisor_twiddler.rpcinterface:make_twiddler_rpcinterface';

async function twiddler(
  groups: Parameters<typeof daemonOf>[0],
  options: Record<string, string> = {},
) {
  const daemon = daemonOf(groups);
  const sections = [{ name: 'twiddler', factory: FACTORY, options }];
  const makers = await resolveInterfaces(sections, { path: '/supervisord.conf' });
  const table = makeInterfaces(makers, daemon, daemon.logger);
  const call = (method: string, ...parameters: RpcValue[]) =>
    findMethod(table, `twiddler.${method}`).call(parameters);
  return { ...daemon, table, call };
}

describe('the twiddler', () => {
  test('tells its version and the active groups', async () => {
    const { call } = await twiddler([single('web'), group('all', [])]);
    expect(call('getAPIVersion')).toBe('1.0');
    expect(call('getGroupNames')).toEqual(['web', 'all']);
    expect(() => call('getGroupNames', 'x')).toThrow('INCORRECT_PARAMETERS');
  });

  test('adds a group, and a program to it, whose processes can be started and removed', async () => {
    const { call, supervisor, end } = await twiddler([]);
    expect(call('addGroup', 'new', 5)).toBe(true);
    expect(call('addProgramToGroup', 'new', 'ls', { command: '/bin/ls', autostart: false })).toBe(
      true,
    );
    expect(supervisor.group('new')?.priority).toBe(5);
    const process = supervisor.find('new:ls')[0]!;
    expect(process.config.command).toBe('/bin/ls');
    process.beginStart();
    expect(() => call('removeProcessFromGroup', 'new', 'ls')).toThrow('STILL_RUNNING: ls');
    process.beginStop();
    end('new:ls', 15);
    expect(call('removeProcessFromGroup', 'new', 'ls')).toBe(true);
    expect(supervisor.group('new')?.processes).toEqual([]);
  });

  test.each<[string, RpcValue[], string]>([
    ['addGroup', ['web', 1], 'BAD_NAME: web'],
    ['addGroup', ['a\nCRIT b', 1], "BAD_NAME: 'a\\nCRIT b'"],
    ['addGroup', ['new', 'high'], 'INCORRECT_PARAMETERS: invalid literal for int()'],
    ['addProgramToGroup', ['none', 'x', { command: 'x' }], 'BAD_NAME: group: none'],
    ['addProgramToGroup', ['web', 'web', { command: 'x' }], 'BAD_NAME: web'],
    ['addProgramToGroup', ['web', 'x', 'command=x'], 'INCORRECT_PARAMETERS'],
    ['addProgramToGroup', ['web', 'x', { command: ['x'] }], 'INCORRECT_PARAMETERS'],
    ['removeProcessFromGroup', ['none', 'x'], 'BAD_NAME: group: none'],
    ['removeProcessFromGroup', ['web', 'x'], 'BAD_NAME: x'],
    ['log', ['hello', 'LOUD'], 'INCORRECT_PARAMETERS'],
    ['log', ['hello', 7], 'INCORRECT_PARAMETERS'],
  ])('refuses %s%j', async (method, parameters, fault) => {
    const { call, supervisor } = await twiddler([single('web')]);
    expect(() => call(method, ...parameters)).toThrow(fault);
    expect(supervisor.groups.map(({ name, processes }) => [name, processes.length])).toEqual([
      ['web', 1],
    ]);
  });

  test('says what is wrong with the options of a program', async () => {
    const { call, daemon } = await twiddler([single('web')]);
    const error = Object.assign(new Error('invalid literal'), { code: 'CONFIG' });
    Object.assign(daemon, {
      readProgram: () => {
        throw error;
      },
    });
    expect(() => call('addProgramToGroup', 'web', 'x', {})).toThrow(
      'INCORRECT_PARAMETERS: invalid literal',
    );
  });

  test('gives numbers and booleans to the configuration as a file would say them', async () => {
    const { call, daemon } = await twiddler([group('all', [])]);
    const given: unknown[] = [];
    Object.assign(daemon, {
      readProgram: (section: unknown) => {
        given.push(section);
        return [program('x')];
      },
    });
    void call('addProgramToGroup', 'all', 'x', { Command: 'x', numprocs: 1, autostart: true });
    expect(given).toMatchObject([
      { name: 'x', group: 'all', options: { command: 'x', numprocs: '1', autostart: 'True' } },
    ]);
  });

  test('writes to the main log, at a level by its name or number', async () => {
    const { call, logger } = await twiddler([]);
    for (const level of [[], ['warn'], ['CRIT'], [10]]) void call('log', 'hello', ...level);
    expect(logger.lines.slice(1)).toEqual([
      'info hello',
      'warn hello',
      'critical hello',
      'debug hello',
    ]);
  });

  test('lets only that be called which is on its whitelist', async () => {
    const { call, table } = await twiddler([], { whitelist: 'getAPIVersion, log' });
    expect(call('getAPIVersion')).toBe('1.0');
    expect(() => call('getGroupNames')).toThrow(
      expect.objectContaining({ code: 230, text: 'UNKNOWN: getGroupNames' }),
    );
    expect([...table.keys()]).toContain('twiddler.getGroupNames');
  });

  test('answers nothing once the daemon goes down', async () => {
    const { call, supervisor } = await twiddler([]);
    void supervisor.shutdown();
    expect(() => call('getAPIVersion')).toThrow('SHUTDOWN_STATE');
  });
});
