import { expect, test } from '@jest/globals';

import { pinoLogger } from '../../src/main-log/pino-logger.ts';

const clock = { now: () => 1_700_000_000_123, monotonic: () => 0, after: () => () => undefined };

function records(
  level: 'info' | 'blather',
  use: (logger: ReturnType<typeof pinoLogger>) => void,
): unknown[] {
  const written: unknown[] = [];
  use(pinoLogger(level, clock, (...record) => written.push(record)));
  return written;
}

test('a record has its level by name, its time, and its text as it was', () => {
  const text = 'a "quoted" %s\nof two lines';
  expect(records('info', (logger) => logger.log('critical', text))).toEqual([
    ['critical', 1_700_000_000_123, text],
  ]);
});

test('what is below the level is not written, and is known not to pass', () => {
  const written = records('info', (logger) => {
    expect(logger.passes('debug')).toBe(false);
    expect(logger.passes('info')).toBe(true);
    logger.log('debug', 'no');
    logger.log('info', 'yes');
  });
  expect(written).toHaveLength(1);
});

test('every level of supervisord can be written', () => {
  const levels = ['critical', 'error', 'warn', 'info', 'debug', 'trace', 'blather'] as const;
  const written = records('blather', (logger) => {
    for (const level of levels) logger.log(level, level);
  });
  expect(written).toEqual(levels.map((level) => [level, clock.now(), level]));
});
