import { expect, test } from '@jest/globals';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, single } from '../support/config.ts';

test('a start that is asked for while a bad exit is told is not refused, and is done', async () => {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const supervisor = new Supervisor({
    config: config([single('web', { autorestart: false, startSeconds: 0 })]),
    clock,
    kernel,
    logger: new RecordingLogger(),
    reap: 'any',
  });
  supervisor.addGroups();
  supervisor.run();
  clock.advance(1000);
  const web = supervisor.find('web')[0]!;
  const started: Promise<boolean>[] = [];
  supervisor.events.subscribe('PROCESS_STATE_EXITED', () => void started.push(web.start()));
  kernel.end(web.pid, 3 << 8);
  supervisor.reap();
  clock.advance(0);
  expect(await Promise.all(started)).toEqual([true]);
  expect([web.state, kernel.children.length]).toEqual(['RUNNING', 2]);
});
