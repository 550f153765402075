import { expect, test } from '@jest/globals';

import {
  jsonRecord,
  levelTags,
  textRecord,
  timestamp,
} from '../../../src/logs/main/record-format.ts';

const at = (ms: number): number => new Date(2026, 10, 23, 7, 46, 10, ms).getTime();

test('the time is local, with a comma before the milliseconds', () => {
  expect(timestamp(at(366))).toBe('2026-11-23 07:46:10,366');
  expect(timestamp(at(5))).toBe('2026-11-23 07:46:10,005');
  expect(timestamp(at(0) + 999.999)).toBe('2026-11-23 07:46:10,999');
  expect(timestamp(at(1000))).toBe('2026-11-23 07:46:11,000');
  expect(timestamp(new Date(2027, 0, 2, 3, 4, 5).getTime())).toBe('2027-01-02 03:04:05,000');
});

test.each(Object.entries(levelTags))('level %s is written %s', (level, tag) => {
  expect(tag).toHaveLength(4);
  expect(textRecord(level as keyof typeof levelTags, at(1), 'text')).toBe(
    `2026-11-23 07:46:10,001 ${tag} text\n`,
  );
});

test('a text of several lines, and percent signs, stay as they are', () => {
  expect(textRecord('info', at(0), 'a\n\nb %s\n')).toBe(
    '2026-11-23 07:46:10,000 INFO a\n\nb %s\n\n',
  );
});

test('as JSON a record is one line', () => {
  expect(jsonRecord('warn', 0, 'a\n"b"')).toBe(
    '{"time":"1970-01-01T00:00:00.000Z","level":"warn","message":"a\\n\\"b\\""}\n',
  );
});
