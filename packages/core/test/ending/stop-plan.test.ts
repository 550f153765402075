import { expect, test } from '@jest/globals';

import { stopPlan } from '../../src/ending/stop-plan.ts';
import { single } from '../support/config.ts';

const groups = [
  single('db', { priority: 1, stopWaitSeconds: 5 }),
  single('web', { priority: 9, stopWaitSeconds: 10 }),
  single('queue', { priority: 9, stopWaitSeconds: 3 }),
];
const order = { shutdownOrder: 'priority', shutdownTimeoutSeconds: 0 } as const;

test('groups of equal priority take as long as the slowest, the batches their sum', () => {
  expect(stopPlan(groups, order)).toEqual({
    seconds: 15,
    batches: [
      { seconds: 10, processes: ['queue', 'web'] },
      { seconds: 5, processes: ['db'] },
    ],
  });
});

test('with shutdown_order=serial all add up', () => {
  expect(stopPlan(groups, { ...order, shutdownOrder: 'serial' }).seconds).toBe(18);
});

test('shutdown_timeout is the most', () => {
  expect(stopPlan(groups, { ...order, shutdownTimeoutSeconds: 8 }).seconds).toBe(8);
  expect(stopPlan(groups, { ...order, shutdownTimeoutSeconds: 80 }).seconds).toBe(15);
});

test('nothing takes no time', () => {
  expect(stopPlan([], order)).toEqual({ seconds: 0, batches: [] });
});

test('event listeners have a second more, for what they have not heard yet', () => {
  const listeners = {
    ...single('l', { priority: -1, stopWaitSeconds: 10 }),
    type: 'eventlistener',
    events: ['PROCESS_STATE'],
    bufferSize: 10,
    resultHandler: 'supervisor.dispatchers:default_handler',
    recoversListeners: false,
  } as const;
  expect(stopPlan([...groups, listeners], order).seconds).toBe(26);
});
