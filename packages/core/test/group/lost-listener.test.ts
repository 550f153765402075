import { expect, test } from '@jest/globals';

import type { EventListenerPoolConfig } from '@tsvisor/config';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, program } from '../support/config.ts';

const pool: EventListenerPoolConfig = {
  type: 'eventlistener',
  name: 'pool',
  priority: -1,
  processes: [program('a'), program('b')],
  events: ['REMOTE_COMMUNICATION'],
  bufferSize: 10,
  resultHandler: 'supervisor.dispatchers:default_handler',
  recoversListeners: false,
};

/** The pool, with both of its listeners up. */
function running() {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const supervisor = new Supervisor({ config: config([pool]), clock, kernel, logger, reap: 'any' });
  supervisor.addGroups();
  supervisor.run();
  clock.advance(1000);
  return { kernel, supervisor, logger };
}

/** Also what is only begun at the end of this turn. */
const settled = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('the event of a listener that could not be signalled goes to another one when it is gone', async () => {
  const { kernel, supervisor } = running();
  const [a, b] = supervisor.group('pool')!.processes.map(({ pid }) => pid) as [number, number];
  kernel.output(a, 1, 'READY\n');
  supervisor.events.emit({ type: 'REMOTE_COMMUNICATION', kind: 'k', data: '' });
  await settled();
  expect(kernel.child(a).stdin).toContain('REMOTE_COMMUNICATION');

  kernel.killErrors.set(a, 'EPERM');
  expect(() => supervisor.find('pool:a')[0]!.signal(1)).toThrow('FAILED');
  kernel.output(b, 1, 'READY\n');
  await settled();
  expect(kernel.child(b).stdin).toBe('');

  kernel.end(a, 0);
  supervisor.reap();
  await settled();
  expect(kernel.child(b).stdin).toContain('REMOTE_COMMUNICATION');
});

test('how a listener ended is told before what becomes of its event', async () => {
  const { kernel, supervisor, logger } = running();
  const { pid } = supervisor.find('pool:a')[0]!;
  kernel.output(pid, 1, 'READY\n');
  supervisor.events.emit({ type: 'REMOTE_COMMUNICATION', kind: 'k', data: '' });
  await settled();
  kernel.end(pid, 0);
  supervisor.reap();
  await settled();
  expect(logger.lines.filter((line) => /exited: a|rebuffering/.test(line))).toEqual([
    'info exited: a (exit status 0; expected)',
    'debug rebuffering event 0 for pool pool (buf size=0, max=10)',
  ]);
});
