import { expect, test } from '@jest/globals';

import { matchGroups, matchProcesses } from '../src/wildcards.ts';
import { makeSession, processInfo } from './fake.ts';

const infos = ['web1', 'web2', 'db', 'g:one', 'g:two', 'odd*'].map((name) =>
  processInfo(name, 'RUNNING'),
);

test.each([
  [['web*'], ['web1', 'web2']],
  [
    ['web?', 'web1', 'db'],
    ['web1', 'web2', 'db'],
  ],
  [['web[2-9]'], ['web2']],
  [['web[!2]'], ['web1']],
  [['g:t*'], ['g:two']],
  [['g*:*'], ['g:*']],
  [['odd*'], ['odd*']],
  [
    ['x*', 'db'],
    ['x*', 'db'],
  ],
  [['[z-a]'], ['[z-a]']],
  [['[web'], ['[web']],
])('%j means %j', async (names, expected) => {
  const { session } = makeSession({ replies: { getAllProcessInfo: infos } });
  expect(await matchProcesses(session, names)).toEqual(expected);
});

test.each([[['web1', 'g:*']], [['all', 'x*']], [['g:']], [['*', '*:*', '?', ':*']]])(
  'nothing is looked up for %j',
  async (names) => {
    const { session, remote } = makeSession({ replies: { getAllProcessInfo: infos } });
    expect(await matchProcesses(session, names)).toEqual(names);
    expect(remote.calls).toEqual([]);
  },
);

test('groups are matched by their own names', () => {
  expect(matchGroups(['w*', 'db', 'x?'], ['web', 'wild', 'db'])).toEqual([
    'web',
    'wild',
    'db',
    'x?',
  ]);
});
