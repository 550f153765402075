import { expect, test } from '@jest/globals';

import { processInfo, run, systemError } from '../fake.ts';

const config = (name: string, autostart = true) => ({
  name,
  group: name,
  autostart,
  exitcodes: [0, 2],
});

test.each([
  ['every program runs', [processInfo('a', 'RUNNING')], 'healthy\n', 0],
  [
    'one has done what it had to do',
    [processInfo('a', 'RUNNING'), { ...processInfo('b', 'EXITED'), exitstatus: 2 }],
    'healthy\n',
    0,
  ],
  [
    'one has failed at it',
    [processInfo('a', 'RUNNING'), { ...processInfo('b', 'EXITED'), exitstatus: 1 }],
    'unhealthy: b is EXITED\n',
    1,
  ],
  ['one only starts', [processInfo('a', 'STARTING')], 'unhealthy: a is STARTING\n', 1],
  [
    'several are ill',
    [processInfo('a', 'FATAL'), processInfo('b', 'STOPPED')],
    'unhealthy: a is FATAL, b is STOPPED\n',
    1,
  ],
  ['one is not meant to run', [processInfo('manual', 'STOPPED')], 'healthy\n', 0],
] as const)('health when %s', async (_what, infos, out, status) => {
  const result = await run('health', {
    replies: {
      getAllConfigInfo: [config('a'), config('b'), config('manual', false)],
      getAllProcessInfo: infos,
    },
  });
  expect([result.out, result.status]).toEqual([out, status]);
});

test('one that is always started again is not well when it has ended, whatever its status', async () => {
  const result = await run('health', {
    replies: {
      getAllConfigInfo: [{ ...config('a'), autorestart: true }],
      getAllProcessInfo: [processInfo('a', 'EXITED')],
    },
  });
  expect([result.out, result.status]).toEqual(['unhealthy: a is EXITED\n', 1]);
});

test('health without a daemon', async () => {
  const result = await run('health', { replies: { getVersion: systemError('ECONNREFUSED') } });
  expect(result.status).toBe(1);
});

test('shutdown --plan says what stops when, and stops nothing', async () => {
  const result = await run('shutdown --plan', {
    replies: {
      'tsvisor.getShutdownPlan': {
        seconds: 15,
        batches: [
          { seconds: 10, processes: ['web', 'queue'] },
          { seconds: 5, processes: ['db'] },
        ],
      },
    },
  });
  expect(result.out).toBe(
    '    10 s  web, queue\n' +
      '     5 s  db\n' +
      'Everything has stopped after 15 seconds at the latest.\n' +
      'WARNING: docker stop kills after 10 seconds\n',
  );
  expect(result.status).toBe(1);
});
