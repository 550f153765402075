import type { Effect, Policy, ProcessEvent, Saying, Step } from './events-and-effects.ts';
import type { ExitStatus } from './exit-status.ts';
import type { Facts } from './facts.ts';
import type { ProcessState } from './states.ts';

type Rule<E = ProcessEvent> = (facts: Facts, event: E, policy: Policy) => Step;
type Row = {
  readonly [T in ProcessEvent['type']]?: Rule<Extract<ProcessEvent, { type: T }>>;
};
type Event<T extends ProcessEvent['type']> = Extract<ProcessEvent, { type: T }>;

const SIGKILL = 9;

/** Two starts that nobody asked for are at least this far apart (difference D5). */
export const RESTART_FLOOR_SECONDS = 1;

const say = (what: Saying): Effect => ({ type: 'say', what });

function enter(facts: Facts, to: ProcessState, change: Partial<Facts> = {}): [Facts, Effect] {
  return [
    { ...facts, ...change, state: to },
    { type: 'announce', from: facts.state, to },
  ];
}

/** Nothing is started while the supervisor goes down. */
const spawn: Rule<{ at: number }> = (facts, { at }, { supervising }) => {
  if (!supervising) return [facts, []];
  const [next, announce] = enter(facts, 'STARTING', {
    startedAt: at,
    exitStatus: null,
    endedBy: null,
    spawnError: null,
  });
  return [next, [announce, { type: 'spawn' }]];
};

const spawned: Rule<Event<'spawned'>> = (facts, { pid }, policy) => [
  { ...facts, pid, spawnError: null, spawns: facts.spawns + 1 },
  [{ type: 'set-timer', fires: 'stayed-up', seconds: policy.startSeconds }],
];

const settle: Rule = (facts) => {
  const [next, announce] = enter(facts, 'RUNNING', { backoff: 0 });
  return [next, [announce, say({ type: 'success' })]];
};

const spawnFailed: Rule<Event<'spawn-failed'>> = (facts, { why }, policy) => {
  const isRetry = facts.backoff > 0;
  const [next, effects] = retryOrGiveUp({ ...facts, spawnError: why }, [], policy, isRetry);
  return [next, [say({ type: 'spawn-error', why }), ...effects]];
};

/** What is given up is so in its next turn, or `atOnce` (process.md §3). */
function retryOrGiveUp(
  facts: Facts,
  sayings: readonly Effect[],
  policy: Policy,
  atOnce: boolean,
): Step {
  const backoff = facts.backoff + 1;
  const [next, announce] = enter(facts, 'BACKOFF', { backoff });
  return [next, [announce, ...sayings, afterFailure(next, policy, atOnce)]];
}

function afterFailure(facts: Facts, policy: Policy, atOnce: boolean): Effect {
  if (!areRetriesSpent(facts, policy)) {
    return { type: 'set-timer', fires: 'backoff-elapsed', seconds: facts.backoff };
  }
  return atOnce
    ? { type: 'again', event: { type: 'give-up' } }
    : { type: 'set-timer', fires: 'retries-spent', seconds: 0 };
}

/** It has failed once more than it may be tried again. */
export const areRetriesSpent = (
  { backoff }: Facts,
  { startRetries }: Pick<Policy, 'startRetries'>,
): boolean => backoff > startRetries;

const giveUp: Rule = (facts, _event, policy) => {
  const [next, announce] = enter(facts, 'FATAL', { backoff: 0 });
  // Given up because the supervisor goes down: silent, as there.
  const tooMany = areRetriesSpent(facts, policy);
  return [next, tooMany ? [announce, say({ type: 'gave-up' })] : [announce]];
};

const exitedWhileStarting: Rule<Event<'exited'>> = (facts, event, policy) => {
  if (event.ranSeconds >= policy.startSeconds) {
    // It stayed up long enough, though its timer has not run yet. supervisord looks for those before it
    // looks who is dead, so that with startsecs=0 even what ends at once has succeeded first. Of others
    // no success is told: heard of late, after a stall, they may have died too soon.
    const [next, announce] = enter(facts, 'RUNNING', { backoff: 0 });
    const told = policy.startSeconds <= 0 ? [announce, say({ type: 'success' })] : [announce];
    return [next, [...told, { type: 'again', event }]];
  }
  const reaped: Facts = {
    ...facts,
    stoppedAt: event.at,
    exitStatus: null,
    endedBy: event.status.signal,
    spawnError: 'Exited too quickly (process log may have details)',
  };
  const line = say({ type: 'exited', status: event.status, expected: false });
  const [next, effects] = retryOrGiveUp(reaped, [line], policy, false);
  return [{ ...next, pid: 0 }, effects];
};

const isExpected = (status: ExitStatus, policy: Policy): boolean =>
  policy.exitCodes.includes(status.code);

const exitedWhileRunning: Rule<Event<'exited'>> = (facts, { at, ranSeconds, status }, policy) => {
  const expected = isExpected(status, policy);
  const next: Facts = {
    ...facts,
    state: 'EXITED',
    pid: 0,
    stoppedAt: at,
    backoff: 0,
    exitStatus: status.code,
    endedBy: status.signal,
    spawnError: expected ? facts.spawnError : `Bad exit code ${status.code}`,
  };
  const effects: Effect[] = [
    { type: 'announce', from: facts.state, to: 'EXITED', expected },
    say({ type: 'exited', status, expected }),
  ];
  if (policy.autorestart === true || (policy.autorestart === 'unexpected' && !expected)) {
    const seconds = Math.max(0, RESTART_FLOOR_SECONDS - ranSeconds);
    effects.push({ type: 'set-timer', fires: 'restart-due', seconds });
  }
  return [next, effects];
};

const terminate: Rule = (facts, _event, policy) => {
  const [next, announce] = enter(facts, 'STOPPING');
  const how = { signal: policy.stopSignal, wholeGroup: policy.stopAsGroup };
  return [
    next,
    [
      say({ type: 'killing', ...how }),
      announce,
      { type: 'set-timer', fires: 'stop-timed-out', seconds: policy.stopWaitSeconds },
      { type: 'signal', ...how },
    ],
  ];
};

/** SIGKILL, and once more each stopWaitSeconds until it is gone. */
const kill: Rule = (facts, _event, policy) => {
  const how = { signal: SIGKILL, wholeGroup: policy.killAsGroup };
  return [
    facts,
    [
      say({ type: 'escalating' }),
      say({ type: 'killing', ...how }),
      {
        type: 'set-timer',
        fires: 'stop-timed-out',
        seconds: Math.max(policy.stopWaitSeconds, RESTART_FLOOR_SECONDS),
      },
      { type: 'signal', ...how },
    ],
  ];
};

/** As a stop that begins with its last resort. */
const killAtOnce: Rule = (facts, event, policy) => {
  const [next, announce] = enter(facts, 'STOPPING');
  const [stopping, effects] = kill(next, event, policy);
  return [stopping, [announce, ...effects]];
};

const stopInBackoff: Rule = (facts) => {
  const [next, announce] = enter(facts, 'STOPPED');
  return [next, [say({ type: 'kill-in-backoff' }), announce]];
};

const stopped: Rule<Event<'exited'>> = (facts, { at, status }, policy) => {
  const [next, announce] = enter(facts, 'STOPPED', {
    stoppedAt: at,
    exitStatus: status.code,
    endedBy: status.signal,
  });
  const expected = isExpected(status, policy);
  return [{ ...next, pid: 0 }, [announce, say({ type: 'stopped', status, expected })]];
};

const lost: Rule = (facts) => {
  const [next, announce] = enter(facts, 'UNKNOWN');
  return [next, [announce]];
};

/** It could not be signalled, and is gone now all the same; the state stays. */
const exitedUnknown: Rule<Event<'exited'>> = (facts, { at, status }) => [
  { ...facts, pid: 0, stoppedAt: at, exitStatus: status.code },
  [say({ type: 'exited', status, expected: false }), { type: 'tell-gone' }],
];

/**
 * Every (state, event) pair that does something; any other event is ignored. An "announce"
 * effect that tells of a pid carries the one before the step (process.md §2).
 */
export const transitions: Readonly<Record<ProcessState, Row>> = {
  STOPPED: { start: spawn },
  STARTING: {
    spawned,
    'spawn-failed': spawnFailed,
    'stayed-up': settle,
    exited: exitedWhileStarting,
    stop: terminate,
    kill: killAtOnce,
    'signal-failed': lost,
  },
  RUNNING: {
    exited: exitedWhileRunning,
    stop: terminate,
    kill: killAtOnce,
    'signal-failed': lost,
  },
  BACKOFF: {
    start: spawn,
    'backoff-elapsed': spawn,
    stop: stopInBackoff,
    'retries-spent': giveUp,
    'give-up': giveUp,
    kill: giveUp,
  },
  STOPPING: { exited: stopped, 'stop-timed-out': kill, kill, 'signal-failed': lost },
  EXITED: { start: spawn, 'restart-due': spawn },
  FATAL: { start: spawn },
  UNKNOWN: { exited: exitedUnknown },
};

/** Pure: returns the next facts and the effects to perform, in order; touches nothing. */
export function transition(facts: Facts, event: ProcessEvent, policy: Policy): Step {
  const rule = transitions[facts.state][event.type] as Rule | undefined;
  return rule ? rule(facts, event, policy) : [facts, []];
}
