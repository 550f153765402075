import { expect, test } from '@jest/globals';

import { emittedTypes } from '../../src/events/hierarchy.ts';
import { payloadOf } from '../../src/events/payload.ts';
import { output, payloads } from './payloads.ts';

test.each(payloads)('words %j', (event, payload) => {
  expect(payloadOf(event).toString()).toBe(payload);
});

test('the payload of every event is pinned', () => {
  expect(new Set(payloads.map(([event]) => event.type))).toEqual(new Set(emittedTypes));
});

test.each([
  ['e\xffrr\n', "b'e\\xffrr\\n'"],
  ['\xc3', "b'\\xc3'"],
  ['\xa9 second half', "b'\\xa9 second half'"],
  ['\xed\xa0\x80', "b'\\xed\\xa0\\x80'"],
  ['\xc0\x80', "b'\\xc0\\x80'"],
])('output that is not UTF-8 is shown as a Python literal: %j', (bytes, literal) => {
  const data = Buffer.from(bytes, 'latin1');
  expect(payloadOf({ type: 'PROCESS_COMMUNICATION_STDOUT', ...output, data }).toString()).toBe(
    `processname:web groupname:site pid:42\nUndecodable: ${literal}`,
  );
});

test('output that is UTF-8 is passed on byte for byte', () => {
  const data = Buffer.from('é 😀 \0 \u{10ffff}');
  const payload = payloadOf({ type: 'PROCESS_LOG_STDOUT', ...output, data });
  expect(payload.subarray(-data.length)).toEqual(data);
});
