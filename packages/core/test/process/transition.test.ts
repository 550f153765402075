import { describe, expect, test } from '@jest/globals';

import type { Effect, Policy, ProcessEvent } from '../../src/process/events-and-effects.ts';
import { exitStatus } from '../../src/process/exit-status.ts';
import { neverStarted } from '../../src/process/facts.ts';
import type { Facts } from '../../src/process/facts.ts';
import { processStates } from '../../src/process/states.ts';
import type { ProcessState } from '../../src/process/states.ts';
import { transition, transitions } from '../../src/process/transition.ts';
import { program } from '../../src/testing/configs.ts';

const policy: Policy = { ...program('any'), supervising: true };

const facts = (state: ProcessState, change: Partial<Facts> = {}): Facts => ({
  ...neverStarted,
  state,
  pid: ['STARTING', 'RUNNING', 'STOPPING', 'UNKNOWN'].includes(state) ? 42 : 0,
  startedAt: 1000,
  ...change,
});

const exited = (code: number, ranSeconds: number): ProcessEvent => ({
  type: 'exited',
  at: 9000,
  ranSeconds,
  status: exitStatus(code << 8),
});

const events: Record<ProcessEvent['type'], ProcessEvent> = {
  start: { type: 'start', at: 5000 },
  spawned: { type: 'spawned', pid: 43 },
  'spawn-failed': { type: 'spawn-failed', why: 'no such thing' },
  exited: exited(0, 5),
  stop: { type: 'stop' },
  kill: { type: 'kill' },
  'give-up': { type: 'give-up' },
  'signal-failed': { type: 'signal-failed' },
  'stayed-up': { type: 'stayed-up', at: 5000 },
  'backoff-elapsed': { type: 'backoff-elapsed', at: 5000 },
  'retries-spent': { type: 'retries-spent', at: 5000 },
  'stop-timed-out': { type: 'stop-timed-out', at: 5000 },
  'restart-due': { type: 'restart-due', at: 5000 },
};

/** An effect in few words: `RUNNING`, `say success`, `timer stayed-up 1`. */
function brief(effect: Effect): string {
  switch (effect.type) {
    case 'announce':
      return effect.to;
    case 'spawn':
    case 'tell-gone':
      return effect.type;
    case 'set-timer':
      return `timer ${effect.fires} ${effect.seconds}`;
    case 'signal':
      return `signal ${effect.signal}${effect.wholeGroup ? ' group' : ''}`;
    case 'again':
      return `again ${effect.event.type}`;
    case 'say':
      return `say ${effect.what.type}`;
  }
}

const step = (from: Facts, event: ProcessEvent, by: Policy = policy): [Facts, string[]] => {
  const [next, effects] = transition(from, event, by);
  return [next, effects.map(brief)];
};

/** All cells that do something; every other pair must leave everything as it is. */
const expected: Partial<
  Record<`${ProcessState} ${ProcessEvent['type']}`, [ProcessState, ...string[]]>
> = {
  'STOPPED start': ['STARTING', 'STARTING', 'spawn'],
  'STARTING spawned': ['STARTING', 'timer stayed-up 1'],
  'STARTING spawn-failed': ['BACKOFF', 'say spawn-error', 'BACKOFF', 'timer backoff-elapsed 1'],
  'STARTING stayed-up': ['RUNNING', 'RUNNING', 'say success'],
  'STARTING exited': ['RUNNING', 'RUNNING', 'again exited'],
  'STARTING stop': ['STOPPING', 'say killing', 'STOPPING', 'timer stop-timed-out 10', 'signal 15'],
  'STARTING kill': [
    'STOPPING',
    'STOPPING',
    'say escalating',
    'say killing',
    'timer stop-timed-out 10',
    'signal 9',
  ],
  'STARTING signal-failed': ['UNKNOWN', 'UNKNOWN'],
  'RUNNING exited': ['EXITED', 'EXITED', 'say exited'],
  'RUNNING stop': ['STOPPING', 'say killing', 'STOPPING', 'timer stop-timed-out 10', 'signal 15'],
  'RUNNING kill': [
    'STOPPING',
    'STOPPING',
    'say escalating',
    'say killing',
    'timer stop-timed-out 10',
    'signal 9',
  ],
  'RUNNING signal-failed': ['UNKNOWN', 'UNKNOWN'],
  'BACKOFF start': ['STARTING', 'STARTING', 'spawn'],
  'BACKOFF backoff-elapsed': ['STARTING', 'STARTING', 'spawn'],
  'BACKOFF stop': ['STOPPED', 'say kill-in-backoff', 'STOPPED'],
  'BACKOFF retries-spent': ['FATAL', 'FATAL'],
  'BACKOFF give-up': ['FATAL', 'FATAL'],
  'BACKOFF kill': ['FATAL', 'FATAL'],
  'STOPPING exited': ['STOPPED', 'STOPPED', 'say stopped'],
  'STOPPING stop-timed-out': [
    'STOPPING',
    'say escalating',
    'say killing',
    'timer stop-timed-out 10',
    'signal 9',
  ],
  'STOPPING kill': [
    'STOPPING',
    'say escalating',
    'say killing',
    'timer stop-timed-out 10',
    'signal 9',
  ],
  'STOPPING signal-failed': ['UNKNOWN', 'UNKNOWN'],
  'EXITED start': ['STARTING', 'STARTING', 'spawn'],
  'EXITED restart-due': ['STARTING', 'STARTING', 'spawn'],
  'FATAL start': ['STARTING', 'STARTING', 'spawn'],
  'UNKNOWN exited': ['UNKNOWN', 'say exited', 'tell-gone'],
};

const cells = (Object.keys(processStates) as ProcessState[]).flatMap((state) =>
  (Object.keys(events) as ProcessEvent['type'][]).map((event) => [state, event] as const),
);
const isExpected = ([state, event]: (typeof cells)[number]): boolean =>
  `${state} ${event}` in expected;

test.each(['STOPPED', 'BACKOFF', 'EXITED', 'FATAL'] as const)(
  'a start of one that is %s does nothing once the supervisor goes down',
  (state) => {
    const [next, effects] = step(facts(state), events.start, { ...policy, supervising: false });
    expect([next, effects]).toEqual([facts(state), []]);
  },
);

describe('every state and event', () => {
  test.each(cells.filter(isExpected))('%s, %s', (state, event) => {
    const [next, effects] = step(facts(state), events[event]);
    expect([next.state, ...effects]).toEqual(expected[`${state} ${event}`]);
  });

  test.each(cells.filter((cell) => !isExpected(cell)))('%s, %s: nothing', (state, event) => {
    const before = facts(state);
    expect(step(before, events[event])).toEqual([before, []]);
    expect(transitions[state][event]).toBeUndefined();
  });
});

describe('a failed start', () => {
  test('is one that exits before startsecs, whatever its exit code', () => {
    const [next, effects] = step(facts('STARTING'), exited(0, 0.5));
    expect(next).toMatchObject({
      state: 'BACKOFF',
      pid: 0,
      backoff: 1,
      stoppedAt: 9000,
      exitStatus: null,
      spawnError: 'Exited too quickly (process log may have details)',
    });
    expect(effects).toEqual(['BACKOFF', 'say exited', 'timer backoff-elapsed 1']);
  });

  test.each([1, 2, 3])('number %i waits that many seconds for the next', (count) => {
    const [next, effects] = step(facts('STARTING', { backoff: count - 1 }), exited(1, 0));
    expect(next.backoff).toBe(count);
    expect(effects.at(-1)).toBe(`timer backoff-elapsed ${count}`);
  });

  test('beyond startretries is the last', () => {
    const [next, effects] = step(facts('STARTING', { backoff: 3 }), exited(1, 0));
    expect(effects).toEqual(['BACKOFF', 'say exited', 'timer retries-spent 0']);
    expect(step(next, { type: 'retries-spent', at: 5000 })).toEqual([
      expect.objectContaining({ state: 'FATAL', backoff: 0 }),
      ['FATAL', 'say gave-up'],
    ]);
  });

  test('with startretries=0 leads to FATAL in its next turn, as others start before', () => {
    const [, effects] = step(facts('STARTING'), events['spawn-failed'], {
      ...policy,
      startRetries: 0,
    });
    expect(effects).toEqual(['say spawn-error', 'BACKOFF', 'timer retries-spent 0']);
  });

  test('that is the last retry and has no child leads to FATAL at once', () => {
    const [, effects] = step(facts('STARTING', { backoff: 3 }), events['spawn-failed']);
    expect(effects).toEqual(['say spawn-error', 'BACKOFF', 'again give-up']);
  });

  test('is not counted with startsecs=0', () => {
    const [next, effects] = step(facts('STARTING'), exited(1, 0), { ...policy, startSeconds: 0 });
    expect([next.state, ...effects]).toEqual(['RUNNING', 'RUNNING', 'say success', 'again exited']);
  });
});

describe('the retry counter', () => {
  test('is kept by a stop in BACKOFF', () => {
    const [next] = step(facts('BACKOFF', { backoff: 2 }), { type: 'stop' });
    expect(next).toMatchObject({ state: 'STOPPED', backoff: 2 });
  });

  test('is kept by a stop while STARTING', () => {
    const [stopping] = step(facts('STARTING', { backoff: 2 }), { type: 'stop' });
    const [next] = step(stopping, exited(0, 0));
    expect(next).toMatchObject({ state: 'STOPPED', backoff: 2 });
  });

  test('is reset by RUNNING', () => {
    const [next] = step(facts('STARTING', { backoff: 2 }), events['stayed-up']);
    expect(next.backoff).toBe(0);
  });
});

describe('an exit', () => {
  test.each([
    ['unexpected', 0, false],
    ['unexpected', 1, true],
    [true, 0, true],
    [false, 1, false],
  ] as const)('with autorestart=%s and code %i restarts: %s', (autorestart, code, restarts) => {
    const [, effects] = step(facts('RUNNING'), exited(code, 5), { ...policy, autorestart });
    expect(effects.includes('timer restart-due 0')).toBe(restarts);
  });

  test('within a second of the start restarts only when that second is over', () => {
    const [, effects] = step(facts('RUNNING'), exited(1, 0.25), { ...policy, startSeconds: 0 });
    expect(effects.at(-1)).toBe('timer restart-due 0.75');
  });

  test('restarts nothing once the supervisor goes down', () => {
    const before = facts('EXITED');
    const [next, effects] = step(before, events['restart-due'], { ...policy, supervising: false });
    expect([next, effects]).toEqual([before, []]);
  });

  test('by a signal is never expected', () => {
    const killed: ProcessEvent = { type: 'exited', at: 9000, ranSeconds: 5, status: exitStatus(9) };
    const [next] = step(facts('RUNNING'), killed);
    expect(next).toMatchObject({ state: 'EXITED', exitStatus: -1, spawnError: 'Bad exit code -1' });
  });

  test('with an expected code leaves no spawn error', () => {
    const [next] = step(facts('RUNNING'), exited(0, 5));
    expect(next).toMatchObject({ state: 'EXITED', exitStatus: 0, spawnError: null, pid: 0 });
  });
});

describe('a stop', () => {
  test('goes to the process group with stopasgroup', () => {
    const [, effects] = step(facts('RUNNING'), { type: 'stop' }, { ...policy, stopAsGroup: true });
    expect(effects.at(-1)).toBe('signal 15 group');
  });

  test('kills the whole group with killasgroup', () => {
    const [, effects] = step(facts('STOPPING'), events['stop-timed-out'], {
      ...policy,
      killAsGroup: true,
    });
    expect(effects.at(-1)).toBe('signal 9 group');
  });

  test('with stopwaitsecs=0 kills at once, and not more than once a second', () => {
    const impatient = { ...policy, stopWaitSeconds: 0 };
    expect(step(facts('RUNNING'), { type: 'stop' }, impatient)[1]).toContain(
      'timer stop-timed-out 0',
    );
    expect(step(facts('STOPPING'), events['stop-timed-out'], impatient)[1]).toContain(
      'timer stop-timed-out 1',
    );
  });
});
