import { expect, test } from '@jest/globals';

import type { ProcessConfig } from '@tsvisor/config';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, single } from '../support/config.ts';

const LAST_WORDS = "supervisor: couldn't exec /none: ENOENT\n";

/** Two programs that start, of which the first cannot execute its command. */
function begun(change: Partial<ProcessConfig> = {}) {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const supervisor = new Supervisor({
    config: config([single('broken', change), single('web')]),
    clock,
    kernel,
    logger,
    reap: 'any',
  });
  supervisor.addGroups();
  kernel.stillborn.push(LAST_WORDS);
  supervisor.run();
  const [broken] = supervisor.find('broken');
  return { supervisor, clock, kernel, logger, broken: broken! };
}

test('that a program could not be executed is told when those that start with it have started', () => {
  const { supervisor, logger } = begun();
  supervisor.reap();
  expect(logger.lines.filter((line) => !line.startsWith('debug'))).toEqual([
    "info spawned: 'broken' with pid 1001",
    "info spawned: 'web' with pid 1002",
    'warn exited: broken (exit status 127; not expected)',
  ]);
});

test('its last words are its output, and follow the line that it was spawned', () => {
  const { supervisor, logger, broken } = begun();
  expect(logger.lines.slice(0, 2)).toEqual([
    "info spawned: 'broken' with pid 1001",
    `debug 'broken' stderr output:\n${LAST_WORDS}`,
  ]);
  supervisor.reap();
  expect(broken.log('stderr').bytesWritten).toBe(LAST_WORDS.length);
});

test('it has not stayed up, however late its end is noticed', () => {
  const { clock, broken } = begun();
  clock.advance(1500);
  expect(broken.state).toBe('BACKOFF');
});

test('with startsecs=0 it has been running, and has a bad exit status', () => {
  const { supervisor, broken } = begun({ startSeconds: 0, autorestart: false });
  supervisor.reap();
  expect([broken.state, broken.info().exitstatus]).toEqual(['EXITED', 127]);
});

test('a stop that comes before its end is noticed ends as any other', async () => {
  const { supervisor, broken } = begun();
  const stopped = broken.stop();
  expect(broken.state).toBe('STOPPING');
  supervisor.reap();
  expect([await stopped, broken.state]).toEqual([true, 'STOPPED']);
});
