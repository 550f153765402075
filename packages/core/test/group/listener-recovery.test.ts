import { expect, test } from '@jest/globals';

import type { EventListenerPoolConfig } from '@tsvisor/config';

import { Supervisor } from '../../src/supervisor.ts';
import { FakeClock, FakeKernel, RecordingLogger } from '../../src/testing/index.ts';
import { config, program } from '../support/config.ts';

const listenerPool = (recoversListeners: boolean): EventListenerPoolConfig => ({
  type: 'eventlistener',
  name: 'l',
  priority: -1,
  processes: [program('l')],
  events: ['TICK_5'],
  bufferSize: 10,
  resultHandler: 'supervisor.dispatchers:default_handler',
  recoversListeners,
});

/** A running listener that has not said READY yet. */
function runListener(recoversListeners: boolean, runForMs = 5000) {
  const clock = new FakeClock();
  const kernel = new FakeKernel();
  const logger = new RecordingLogger();
  const supervisor = new Supervisor({
    config: config([listenerPool(recoversListeners)]),
    clock,
    kernel,
    logger,
    reap: 'any',
  });
  supervisor.addGroups();
  supervisor.run();
  clock.advance(runForMs);
  const process = supervisor.find('l')[0]!;
  return {
    supervisor,
    clock,
    kernel,
    process,
    state: () => supervisor.group('l')!.listenerState(process),
    violate: () => kernel.output(process.pid, 1, 'what is this?'),
    end: (status: number) => {
      kernel.end(process.pid, status);
      supervisor.reap();
    },
    infos: () => logger.lines.filter((line) => line.startsWith('info ')),
  };
}

const SIGTERM = 15;

test('a listener that has violated the protocol is stopped and started again', () => {
  const { clock, kernel, process, state, violate, end, infos } = runListener(true);
  violate();
  expect(state()).toBe('UNKNOWN');
  clock.advance(0);
  expect([process.state, kernel.child(process.pid).signals]).toEqual(['STOPPING', [SIGTERM]]);
  end(SIGTERM);
  clock.advance(0);
  expect([process.state, process.pid, state()]).toEqual(['STARTING', 1002, 'ACKNOWLEDGED']);
  expect(infos()).toContain(
    'info l: is restarted, to receive events again (listener_recover=true)',
  );
});

test('without listener_recover it is left alone', () => {
  const { clock, kernel, state, violate } = runListener(false);
  violate();
  clock.advance(60_000);
  expect([state(), kernel.children.length, kernel.child().signals]).toEqual(['UNKNOWN', 1, []]);
});

test('one that violates it at once is restarted no more than once a second', () => {
  const { clock, kernel, violate, end, process } = runListener(true, 0);
  for (let start = 1; start <= 5; start++) {
    violate();
    clock.advance(999);
    expect(kernel.child(process.pid).signals).toEqual([]);
    clock.advance(1);
    expect(kernel.child(process.pid).signals).toEqual([SIGTERM]);
    end(SIGTERM);
    clock.advance(0);
    expect(kernel.children).toHaveLength(start + 1);
  }
});

test('one whose last words violate it is not signalled: it is dead', () => {
  const { clock, kernel, violate, process, end } = runListener(true, 2000);
  violate();
  end(0);
  clock.advance(0);
  expect(kernel.child(1001).signals).toEqual([]);
  expect(process.state).toBe('EXITED');
});

test('one that violates it and ends before startsecs is tried again as any other', () => {
  const { clock, kernel, violate, process, end } = runListener(true, 0);
  for (const wait of [1000, 2000, 3000]) {
    violate();
    end(1 << 8);
    clock.advance(wait - 1);
    expect(process.state).toBe('BACKOFF');
    clock.advance(1);
    expect(process.state).toBe('STARTING');
  }
  violate();
  end(1 << 8);
  clock.advance(60_000);
  expect([process.state, kernel.children.length]).toEqual(['FATAL', 4]);
});

test('one that somebody stops meanwhile stays stopped', () => {
  const { clock, violate, process, end } = runListener(true, 0);
  violate();
  process.beginStop();
  end(SIGTERM);
  clock.advance(60_000);
  expect(process.state).toBe('STOPPED');
});

test('nothing is started any more once everything stops', async () => {
  const { clock, violate, process, end, supervisor, kernel } = runListener(true);
  violate();
  clock.advance(0);
  const finished = supervisor.shutdown();
  end(SIGTERM);
  clock.advance(60_000);
  await finished;
  expect([process.state, kernel.children.length]).toEqual(['STOPPED', 1]);
});

test('a group that is removed takes what was due with it', () => {
  const { clock, violate, end, supervisor, kernel } = runListener(true);
  violate();
  clock.advance(0);
  end(SIGTERM);
  supervisor.removeGroup('l');
  clock.advance(60_000);
  expect(kernel.children).toHaveLength(1);
});
