import { expect, test } from '@jest/globals';

import type { Policy } from '../../src/process/events-and-effects.ts';
import { exitStatus } from '../../src/process/exit-status.ts';
import { Machine } from '../../src/process/machine.ts';
import type { WorldEffect } from '../../src/process/machine.ts';
import { program } from '../../src/testing/configs.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';

const policy: Policy = { ...program('any'), supervising: true };

/** A machine whose effects are kept as text, and may lead to more. */
function machineThat(does: (machine: Machine, effect: WorldEffect) => void): {
  machine: Machine;
  clock: FakeClock;
  effects: string[];
} {
  const clock = new FakeClock();
  const effects: string[] = [];
  const machine: Machine = new Machine({
    clock,
    policy: () => policy,
    perform: (effect, pid) => {
      effects.push(effect.type === 'announce' ? effect.to : `${effect.type} ${pid}`);
      does(machine, effect);
    },
  });
  return { machine, clock, effects };
}

test('what an effect has come to is dealt with before what others have asked for meanwhile', () => {
  const { machine, effects } = machineThat((itself, effect) => {
    if (effect.type !== 'spawn') return;
    itself.take({ type: 'stop' });
    itself.react({ type: 'spawned', pid: 7 });
  });
  machine.take({ type: 'start', at: 1 });
  expect(effects).toEqual(['STARTING', 'spawn 0', 'say 7', 'STOPPING', 'signal 7']);
  expect(machine.facts).toMatchObject({ state: 'STOPPING', pid: 7 });
});

test('leaving a state takes its timer along', () => {
  const { machine, clock } = machineThat((itself, effect) => {
    if (effect.type === 'spawn') itself.react({ type: 'spawn-failed', why: 'no' });
  });
  machine.take({ type: 'start', at: 1 });
  expect([machine.facts.state, clock.pending]).toEqual(['BACKOFF', 1]);
  machine.take({ type: 'stop' });
  expect([machine.facts.state, clock.pending]).toEqual(['STOPPED', 0]);
});

test('a timer is an event like any other, and none is left once it is closed', () => {
  const { machine, clock } = machineThat((itself, effect) => {
    if (effect.type === 'spawn') itself.react({ type: 'spawned', pid: 7 });
  });
  machine.take({ type: 'start', at: 1 });
  clock.advance(1000);
  expect(machine.facts.state).toBe('RUNNING');
  machine.take({ type: 'stop' });
  machine.close();
  expect(clock.pending).toBe(0);
});

test('an exit that was not heard of in time still comes before the timer that it makes moot', () => {
  const clock = new FakeClock();
  const lines: string[] = [];
  const machine: Machine = new Machine({
    clock,
    policy: () => ({ ...policy, startSeconds: 0, stopWaitSeconds: 5 }),
    perform: (effect) => {
      if (effect.type === 'spawn') machine.react({ type: 'spawned', pid: 7 });
      if (effect.type === 'signal') lines.push(`signal ${effect.signal}`);
      if (effect.type === 'announce') lines.push(effect.to);
    },
    catchUp: () => {
      if (machine.facts.state === 'STOPPING')
        machine.take({ type: 'exited', at: clock.now(), ranSeconds: 5, status: exitStatus(0) });
    },
  });
  machine.take({ type: 'start', at: 1 });
  clock.advance(1);
  machine.take({ type: 'stop' });
  clock.advance(5000);
  expect(lines).toEqual(['STARTING', 'RUNNING', 'STOPPING', 'signal 15', 'STOPPED']);
});
