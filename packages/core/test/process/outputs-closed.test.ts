import { expect, test } from '@jest/globals';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, single } from '../support/config.ts';

function running() {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const supervisor = new Supervisor({
    config: config([single('web')]),
    clock,
    kernel,
    logger,
    reap: 'any',
  });
  supervisor.addGroups();
  supervisor.run();
  clock.advance(1000);
  const closed = () => logger.lines.filter((line) => line.includes('stopped monitoring'));
  return { supervisor, kernel, closed, web: supervisor.find('web')[0]! };
}

test('an output that its program closes is said not to be monitored any more, and in which state', () => {
  const { kernel, closed, web } = running();
  kernel.endOutput(web.pid, 2);
  expect(closed()).toEqual([
    expect.stringMatching(
      /^debug fd \d+ closed, stopped monitoring <POutputDispatcher at \d+ for <Subprocess at \d+ with name web in state RUNNING> \(stderr\)>$/,
    ),
  ]);
});

test('the outputs of a dead process are said so too, each once, though its children hold them', () => {
  const { supervisor, kernel, closed, web } = running();
  kernel.endOutput(web.pid, 2);
  void web.stop();
  kernel.end(web.pid, 15);
  supervisor.reap();
  expect(closed().map((line) => line.replace(/.* in state/, ''))).toEqual([
    ' RUNNING> (stderr)>',
    ' STOPPING> (stdout)>',
  ]);
});
