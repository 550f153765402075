import { expect, test } from '@jest/globals';

import { codePoints, envelope } from '../../src/events/envelope.ts';

const to = { server: 'supervisor', pool: 'mail', serial: 12, poolSerial: 3 };

test('a header line, then the payload, and nothing after it', () => {
  expect(envelope({ type: 'TICK_5', when: 5 }, to).toString()).toBe(
    'ver:3.0 server:supervisor serial:12 pool:mail poolserial:3 eventname:TICK_5 len:6\nwhen:5',
  );
});

test('an empty payload leaves a header alone', () => {
  expect(envelope({ type: 'SUPERVISOR_STATE_CHANGE_RUNNING' }, to).toString()).toMatch(/ len:0\n$/);
});

test('len counts characters, not bytes and not UTF-16 units', () => {
  const remote = { type: 'REMOTE_COMMUNICATION', kind: 'ty pe\nda', data: 'ta é' } as const;
  expect(envelope(remote, to).toString()).toContain(' len:18\n');
  expect(envelope({ ...remote, kind: '', data: '😀' }, to).toString()).toContain(' len:7\n');
});

test.each([
  ['', 0],
  ['abc\n', 4],
  ['é', 1],
  ['€', 1],
  ['😀e\u0301', 3],
])('%j is %i characters', (text, count) => {
  expect(codePoints(Buffer.from(text))).toBe(count);
});
