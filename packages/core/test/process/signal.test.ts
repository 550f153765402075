import { expect, test } from '@jest/globals';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, single } from '../support/config.ts';

test('a process that is collected while its stop is told is not signalled: its pid may be taken', async () => {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const supervisor = new Supervisor({
    config: config([single('web')]),
    clock,
    kernel,
    logger: new RecordingLogger(),
    reap: 'any',
  });
  supervisor.addGroups();
  supervisor.run();
  clock.advance(1000);
  const { pid } = kernel.child();
  supervisor.events.subscribe('PROCESS_STATE_STOPPING', () => {
    kernel.end(pid, 0);
    supervisor.reap();
    kernel.pids.push(pid);
    kernel.spawn(kernel.child().request);
  });
  await supervisor.shutdown();
  expect(supervisor.find('web')[0]!.state).toBe('STOPPED');
  expect(kernel.child(pid).signals).toEqual([]);
});
