// Sequences that did not hold once, as the model prints them. They mean what they say only while
// programs.ts makes the same programs of a variant: each bug has a test of its own elsewhere.
import { expect, test } from '@jest/globals';

import { replay } from './run.ts';
import type { Setting, Step } from './step.ts';

const replays: readonly (readonly [what: string, setting: Setting, steps: readonly Step[]])[] = [
  [
    'a listener that could not be signalled dies with an event in hand',
    { variant: 768403, reap: 'own', order: 'serial', timeoutSeconds: 0, isInit: false },
    [
      { do: 'advance', ms: 1000 },
      { do: 'say', process: 'ears:ear_1', what: 'ready' },
      { do: 'exit', process: 'mix:third', status: 15, reap: true },
      { do: 'fail kill', process: 'ears:ear_1', code: 'EPERM' },
    ],
  ],

  [
    'a group is removed while the exit of its process is told',
    { variant: 261217, reap: 'any', order: 'priority', timeoutSeconds: 4, isInit: false },
    [
      { do: 'update', variant: 561060 },
      { do: 'obey', signals: 'all' },
      { do: 'obey', signals: 'all' },
      { do: 'when', event: 'PROCESS_STATE_EXITED', react: { do: 'remove group', group: 'db' } },
      { do: 'advance', ms: 4879 },
      { do: 'advance', ms: 999 },
      { do: 'exit', process: 'db:db', status: 15, reap: true },
      { do: 'advance', ms: 3585 },
    ],
  ],

  [
    'a group is removed and added again while a process that could not be signalled is there',
    { variant: 912482, reap: 'own', order: 'priority', timeoutSeconds: 0, isInit: false },
    [
      { do: 'start and wait', process: 'job:job_1' },
      { do: 'fail kill', process: 'job:job_1', code: 'EPERM' },
      { do: 'when', event: 'PROCESS_STATE_UNKNOWN', react: { do: 'remove group', group: 'job' } },
      { do: 'stop all' },
      { do: 'create group', group: 'job', variant: 297740 },
      { do: 'advance', ms: 149 },
    ],
  ],

  [
    'a process is started while everything is being stopped',
    { variant: 627073, reap: 'any', order: 'priority', timeoutSeconds: 4, isInit: false },
    [
      { do: 'exit', process: 'job:job_0', status: 139, reap: true },
      { do: 'advance', ms: 50 },
      { do: 'obey', signals: 'all' },
      { do: 'start', process: 'mix:first' },
    ],
  ],

  [
    'a start that takes long makes another wait for its turn',
    { variant: 491881, reap: 'any', order: 'priority', timeoutSeconds: 4, isInit: false },
    [
      { do: 'start all' },
      { do: 'slow spawn', ms: 1200 },
      { do: 'exit', process: 'ears:ear_1', status: 0, reap: false },
      { do: 'exit', process: 'mix:third', status: 9, reap: true },
      { do: 'advance', ms: 1000 },
      { do: 'advance', ms: 1 },
    ],
  ],

  [
    'a group is removed while more than one of its processes are told to be given up',
    { variant: 269617, reap: 'any', order: 'serial', timeoutSeconds: 0, isInit: true },
    [{ do: 'when', event: 'PROCESS_STATE_FATAL', react: { do: 'remove group', group: 'ears' } }],
  ],
];

test.each(replays)('it holds when %s', async (_what, setting, steps) => {
  expect(await replay(setting, steps)).toBeUndefined();
});
