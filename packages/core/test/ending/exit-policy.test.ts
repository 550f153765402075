import { describe, expect, test } from '@jest/globals';

import { exitStatusOfAll, reasonToEnd } from '../../src/ending/exit-policy.ts';
import { neverStarted } from '../../src/process/facts.ts';
import type { Facts } from '../../src/process/facts.ts';
import { program } from '../support/config.ts';

const process = { name: 'web', group: 'web' };
const fatal = { type: 'PROCESS_STATE_FATAL', process, from: 'BACKOFF' } as const;
const exited = (expected: boolean) =>
  ({ type: 'PROCESS_STATE_EXITED', process, from: 'RUNNING', pid: 1, expected }) as const;

describe('everything ends', () => {
  test.each([
    ['on_fatal=shutdown', { onFatal: 'shutdown' }, fatal, true],
    ['on_fatal=shutdown', { onFatal: 'shutdown' }, exited(false), false],
    ['on_exit=shutdown', { onExit: 'shutdown' }, exited(true), true],
    ['on_exit=shutdown', { onExit: 'shutdown' }, fatal, false],
    ['on_exit=shutdown_if_unexpected', { onExit: 'shutdown_if_unexpected' }, exited(true), false],
    ['on_exit=shutdown_if_unexpected', { onExit: 'shutdown_if_unexpected' }, exited(false), true],
    ['nothing', {}, exited(false), false],
    ['nothing', {}, fatal, false],
  ] as const)('with %s %j after %j: %j', (_what, policy, event, ends) => {
    expect(reasonToEnd(program('web', policy), event) !== undefined).toBe(ends);
  });

  test('with a reason that names the program and the option', () => {
    expect(reasonToEnd(program('web', { onFatal: 'shutdown' }), fatal)).toBe(
      'shutting down: web entered FATAL state (on_fatal=shutdown)',
    );
  });
});

describe('the exit status', () => {
  const plain = { exitCodeFrom: null, fatalExitCode: 0 };
  const from = (change: Partial<Facts>) => ({
    facts: { ...neverStarted, ...change },
    stopSignal: 15,
  });

  test.each([
    ['is 0 by default', plain, false, undefined, 0],
    ['is 0 after a FATAL process too', plain, true, undefined, 0],
    ['is fatal_exit_code then', { ...plain, fatalExitCode: 10 }, true, undefined, 10],
    ['is 0 without a FATAL process', { ...plain, fatalExitCode: 10 }, false, undefined, 0],
    ['is that of exit_code_from', plain, false, from({ state: 'EXITED', exitStatus: 3 }), 3],
    ['is 0 if it was never started', plain, false, from({}), 0],
    [
      'is 0 if it ended by the signal that asked it to',
      plain,
      false,
      from({ state: 'STOPPED', exitStatus: -1, endedBy: 15 }),
      0,
    ],
    [
      'is 137 if it had to be killed',
      plain,
      false,
      from({ state: 'STOPPED', exitStatus: -1, endedBy: 9 }),
      137,
    ],
    [
      'is 143 if a TERM came from elsewhere',
      plain,
      false,
      from({ state: 'EXITED', exitStatus: -1, endedBy: 15 }),
      143,
    ],
    ['is not 0 if it is FATAL', plain, false, from({ state: 'FATAL' }), 1],
    [
      'is fatal_exit_code rather than that of exit_code_from',
      { ...plain, fatalExitCode: 10 },
      true,
      from({ state: 'STOPPED', exitStatus: 0 }),
      10,
    ],
  ])('%s', (_what, config, isFatal, process, status) => {
    expect(exitStatusOfAll({ config, isFatal, from: process })).toBe(status);
  });
});
