import { expect, test } from '@jest/globals';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, single } from '../support/config.ts';

/** A program that always runs again, and has run for a while. */
function superviseWeb() {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const supervisor = new Supervisor({
    config: config([single('web', { autorestart: true })]),
    clock,
    kernel,
    logger: new RecordingLogger(),
    reap: 'any',
  });
  supervisor.addGroups();
  supervisor.run();
  clock.advance(5000);
  const [process] = supervisor.find('web');
  return { clock, kernel, supervisor, process: process! };
}

test('a program that is removed while its exit is told does not start again', () => {
  const { clock, kernel, supervisor } = superviseWeb();
  supervisor.events.subscribe('PROCESS_STATE_EXITED', () => supervisor.removeGroup('web'));
  kernel.end(kernel.child().pid, 0);
  supervisor.reap();
  expect(clock.pending).toBe(0);
  clock.advance(1000);
  expect(kernel.children).toHaveLength(1);
});

test('a group is not removed while a process that could not be signalled is there', () => {
  const { kernel, supervisor, process } = superviseWeb();
  kernel.killErrors.set(process.pid, 'EPERM');
  expect(() => process.signal(15)).toThrow('FAILED');
  expect(process.state).toBe('UNKNOWN');
  expect(() => supervisor.removeGroup('web')).toThrow('STILL_RUNNING: web');
  kernel.end(process.pid, 0);
  supervisor.reap();
  supervisor.removeGroup('web');
  supervisor.addGroup('web');
  expect(supervisor.find('web')[0]!.state).toBe('STOPPED');
});
