import { expect, test } from '@jest/globals';

import type { EventListenerPoolConfig } from '@tsvisor/config';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, program, single } from '../support/config.ts';

const listener: EventListenerPoolConfig = {
  type: 'eventlistener',
  name: 'l',
  priority: -1,
  processes: [program('l', { startSeconds: 0 })],
  events: ['PROCESS_STATE_STOPPING', 'PROCESS_STATE_STOPPED'],
  bufferSize: 10,
  resultHandler: 'supervisor.dispatchers:default_handler',
  recoversListeners: false,
};

const SIGTERM = 15;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A program has been stopped, and its listener, which is READY, comes next. */
async function stopProgram() {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const what = config([single('web', { startSeconds: 0 }), listener]);
  const supervisor = new Supervisor({ config: what, clock, kernel, logger, reap: 'any' });
  supervisor.addGroups();
  supervisor.run();
  clock.advance(0);
  const pid = (name: string): number => supervisor.find(name)[0]!.pid;
  const own = kernel.child(pid('l'));
  const say = (text: string): void => kernel.output(own.pid, 1, text);
  say('READY\n');
  const finished = supervisor.shutdown();
  await turn();
  kernel.end(pid('web'), SIGTERM);
  supervisor.reap();
  await turn();
  return {
    clock,
    finished,
    say,
    signals: () => own.signals,
    heard: () => [...own.stdin.matchAll(/eventname:(\w+)/g)].map(([, name]) => name),
    end: async () => {
      kernel.end(own.pid, SIGTERM);
      supervisor.reap();
      await finished;
    },
  };
}

test('a listener hears that the others have stopped before it is stopped itself', async () => {
  const { say, signals, heard, end, clock } = await stopProgram();
  expect([heard(), signals()]).toEqual([['PROCESS_STATE_STOPPING'], []]);
  say('RESULT 2\nOKREADY\n');
  await turn();
  expect([heard(), signals()]).toEqual([['PROCESS_STATE_STOPPING', 'PROCESS_STATE_STOPPED'], []]);
  say('RESULT 2\nOK');
  await turn();
  expect(signals()).toEqual([SIGTERM]);
  await end();
  expect(clock.pending).toBe(0);
});

test('one that takes longer than a second for that is stopped without', async () => {
  const { signals, heard, end, clock } = await stopProgram();
  clock.advance(999);
  await turn();
  expect(signals()).toEqual([]);
  clock.advance(1);
  await turn();
  expect([heard(), signals()]).toEqual([['PROCESS_STATE_STOPPING'], [SIGTERM]]);
  await end();
});

test('one that breaks the protocol is stopped at once', async () => {
  const { say, signals, end } = await stopProgram();
  say('nonsense\n');
  await turn();
  expect(signals()).toEqual([SIGTERM]);
  await end();
});
