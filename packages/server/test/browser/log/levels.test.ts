import { expect, test } from '@jest/globals';

import { levelOf } from '../../../browser/log/levels.ts';

test.each([
  ['critical', 'CRIT'],
  ['error', 'ERRO'],
  ['warn', 'WARN'],
  ['info', 'INFO'],
  ['debug', 'DEBG'],
  ['trace', 'TRAC'],
  ['blather', 'BLAT'],
])('the level %s is known in both formats', (level, tag) => {
  expect(levelOf(`2026-11-23 07:46:10,366 ${tag} a message`)).toBe(level);
  const record = { time: '2026-11-23T07:46:10.366Z', level, message: 'a message' };
  expect(levelOf(JSON.stringify(record))).toBe(level);
});

test.each(['  File "x.py", line 1', '', '{"time":"x","level":"constructor"}', '2026 CRIT x'])(
  '%j has no level of its own',
  (line) => {
    expect(levelOf(line)).toBeUndefined();
  },
);
