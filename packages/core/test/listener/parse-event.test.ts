import { expect, test } from '@jest/globals';

import { codePoints } from '../../src/events/envelope.ts';
import { payloadOf } from '../../src/events/payload.ts';
import type { Delivery } from '../../src/listener/event-reader.ts';
import { parseEvent } from '../../src/listener/parse-event.ts';
import { payloads } from '../events/payloads.ts';

function delivery(eventName: string, payload: Buffer): Delivery {
  const length = codePoints(payload);
  const header = { version: '3.0', server: 's', serial: 0, pool: 'p', poolSerial: 0 };
  return { header: { ...header, eventName, length }, payload };
}

// What cannot come back as it was: the line break in its type ends it.
const readable = payloads.filter(([, payload]) => !payload.startsWith('type:ty pe\n'));

test.each(readable)('%j comes back as it was sent', (event) => {
  expect(parseEvent(delivery(event.type, payloadOf(event)))).toEqual(event);
});

test('a process whose group has blanks in its name is told apart', () => {
  const payload = 'processname:a groupname:two words from_state:RUNNING pid:7';
  expect(parseEvent(delivery('PROCESS_STATE_STOPPING', Buffer.from(payload)))).toEqual({
    type: 'PROCESS_STATE_STOPPING',
    process: { name: 'a', group: 'two words' },
    from: 'RUNNING',
    pid: 7,
  });
});

test.each([
  ['MY_PLUGIN_EVENT', 'anything'],
  ['PROCESS_STATE_EXITED', 'processname:a groupname:a from_state:RUNNING'],
  ['PROCESS_STATE_FATAL', 'processname:a groupname:a from_state:ASLEEP'],
  ['PROCESS_STATE_RUNNING', 'from_state:STARTING'],
  ['PROCESS_LOG_STDOUT', 'nonsense'],
  ['REMOTE_COMMUNICATION', 'nonsense'],
  ['TICK_5', 'when:soon'],
  ['PROCESS_GROUP_ADDED', 'groupname:a'],
])('%s with the payload %j is handed on as another event', (name, payload) => {
  expect(parseEvent(delivery(name, Buffer.from(payload)))).toEqual({ type: 'OTHER', name });
});
