// Groups and processes that come and go while the supervisor runs, of which no file knows.
import { describe, expect, test } from '@jest/globals';

import type { Config, GroupConfig } from '@tsvisor/config';

import { Supervisor } from '../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../src/testing/index.ts';
import { config, group, program, single } from './support/config.ts';

function supervise(what: Config) {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const supervisor = new Supervisor({ config: what, clock, kernel, logger, reap: 'any' });
  const groups: string[] = [];
  supervisor.events.subscribe(['PROCESS_GROUP_ADDED', 'PROCESS_GROUP_REMOVED'], (event) => {
    groups.push(`${event.type} ${event.group}`);
  });
  supervisor.addGroups();
  supervisor.run();
  return {
    supervisor,
    clock,
    kernel,
    groups,
    state: (name: string) => supervisor.find(name)[0]?.state,
    stop: (name: string): void => {
      const process = supervisor.find(name)[0]!;
      process.beginStop();
      kernel.end(process.pid, 15);
      supervisor.reap();
    },
  };
}

const names = (supervisor: Supervisor, name: string): string[] =>
  supervisor.group(name)!.processes.map((process) => process.name);

describe('a process that is added', () => {
  test('starts by itself, or waits to be asked, as it is configured', () => {
    const { supervisor, clock, state } = supervise(config([group('web', [program('a')])]));
    supervisor.addProcesses('web', [program('b'), program('c', { autostart: false })]);
    expect(state('web:b')).toBe('STOPPED');
    clock.advance(0);
    expect([state('web:b'), state('web:c')]).toEqual(['STARTING', 'STOPPED']);
    supervisor.find('web:c')[0]!.beginStart();
    expect(state('web:c')).toBe('STARTING');
  });

  test('takes its place by its priority, after its equals', () => {
    const { supervisor } = supervise(config([group('web', [program('b')])]));
    supervisor.addProcesses('web', [program('a'), program('z', { priority: 1 })]);
    expect(names(supervisor, 'web')).toEqual(['z', 'b', 'a']);
    expect(supervisor.group('web')!.config.processes.map(({ name }) => name)).toEqual([
      'z',
      'b',
      'a',
    ]);
  });

  test.each([
    ['the name of one that is there', [program('new'), program('a')], 'BAD_NAME: a'],
    ['one name twice', [program('new'), program('new')], 'BAD_NAME: new'],
  ])('is refused with all that come with it for %s', (_what, added, problem) => {
    const { supervisor } = supervise(config([group('web', [program('a')])]));
    expect(() => supervisor.addProcesses('web', added)).toThrow(problem);
    expect(names(supervisor, 'web')).toEqual(['a']);
  });

  test('is refused by a group that is not there, and by a pool of listeners', () => {
    const pool: GroupConfig = {
      type: 'eventlistener',
      name: 'pool',
      priority: -1,
      processes: [program('listener')],
      bufferSize: 10,
      events: ['TICK_5'],
      resultHandler: 'supervisor.dispatchers:default_handler',
      recoversListeners: false,
    };
    const { supervisor } = supervise(config([pool]));
    expect(() => supervisor.addProcesses('nobody', [])).toThrow('BAD_NAME: nobody');
    expect(() => supervisor.addProcesses('pool', [program('a')])).toThrow('BAD_ARGUMENTS');
    supervisor.find('pool:listener')[0]!.shutDown();
    expect(() => supervisor.removeProcess('pool', 'listener')).toThrow('STILL_RUNNING');
  });

  test('makes the group a changed one for whoever compares it with the file', () => {
    const file = config([single('web')]);
    const { supervisor } = supervise(file);
    supervisor.addProcesses('web', [program('b')]);
    expect(supervisor.config.groups[0]!.processes.map(({ name }) => name)).toEqual(['web', 'b']);
    expect(supervisor.reread(file)).toEqual({ added: [], changed: ['web'], removed: [] });
    expect(supervisor.config.groups[0]!.processes).toHaveLength(1);
  });

  test('is stopped with all others at shutdown', async () => {
    const { supervisor, clock, kernel } = supervise(config([group('web', [])]));
    supervisor.addProcesses('web', [program('b')]);
    clock.advance(1000);
    const { pid } = supervisor.find('web:b')[0]!;
    const down = supervisor.shutdown();
    expect(kernel.child(pid).signals).toEqual([15]);
    kernel.end(pid, 15);
    supervisor.reap();
    await down;
  });
});

describe('a process that is removed', () => {
  test('is not there any more, and its name is free', () => {
    const { supervisor, stop } = supervise(config([group('web', [program('a'), program('b')])]));
    stop('web:a');
    supervisor.removeProcess('web', 'a');
    expect(names(supervisor, 'web')).toEqual(['b']);
    expect(() => supervisor.find('web:a')).toThrow('BAD_NAME');
    supervisor.addProcesses('web', [program('a')]);
    expect(names(supervisor, 'web')).toEqual(['b', 'a']);
  });

  test('must have stopped, and must exist', () => {
    const { supervisor, stop } = supervise(config([single('web')]));
    expect(() => supervisor.removeProcess('web', 'web')).toThrow('STILL_RUNNING: web');
    expect(() => supervisor.removeProcess('web', 'other')).toThrow('BAD_NAME: other');
    expect(() => supervisor.removeProcess('other', 'web')).toThrow('BAD_NAME: other');
    stop('web');
    supervisor.removeProcess('web', 'web');
    expect(names(supervisor, 'web')).toEqual([]);
  });

  test('is not started by itself if it was still due to', () => {
    const { supervisor, clock } = supervise(config([group('web', [])]));
    const [process] = supervisor.addProcesses('web', [program('a')]);
    supervisor.removeProcess('web', 'a');
    clock.advance(1000);
    expect(process!.state).toBe('STOPPED');
  });
});

describe('a group', () => {
  test('can be made while it runs, empty, and then filled and removed', () => {
    const { supervisor, clock, groups, state, stop } = supervise(config([]));
    supervisor.createGroup(group('web', [], 5));
    expect(supervisor.group('web')!.priority).toBe(5);
    supervisor.addProcesses('web', [program('a')]);
    clock.advance(1000);
    expect(state('web:a')).toBe('RUNNING');
    expect(() => supervisor.removeGroup('web')).toThrow('STILL_RUNNING');
    stop('web:a');
    supervisor.removeGroup('web');
    expect(groups).toEqual(['PROCESS_GROUP_ADDED web', 'PROCESS_GROUP_REMOVED web']);
    // No file has it: it cannot be added by its name again.
    expect(() => supervisor.addGroup('web')).toThrow('BAD_NAME');
  });

  test('of that name must not be active', () => {
    const { supervisor } = supervise(config([single('web')]));
    expect(() => supervisor.createGroup(group('web', []))).toThrow('ALREADY_ADDED: web');
  });

  test('that is removed before its programs were started never starts them', () => {
    const file = config([single('web')]);
    const { supervisor, clock, stop } = supervise(file);
    stop('web');
    supervisor.removeGroup('web');
    const process = supervisor.addGroup('web').processes[0]!;
    supervisor.removeGroup('web');
    clock.advance(1000);
    expect(process.state).toBe('STOPPED');
  });
});
