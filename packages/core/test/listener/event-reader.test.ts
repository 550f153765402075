import { expect, test } from '@jest/globals';

import { envelope } from '../../src/events/envelope.ts';
import { EventReader } from '../../src/listener/event-reader.ts';

const to = { server: 'my server', pool: 'p q', serial: 12, poolSerial: 3 };
const remote = (data: string) => ({ type: 'REMOTE_COMMUNICATION', kind: 'é', data }) as const;
const wire = Buffer.concat([
  envelope(remote('€ 😀\n'), to),
  envelope({ type: 'SUPERVISOR_STATE_CHANGE_RUNNING' }, to),
  envelope(remote(''), to),
]);
const payloads = ['type:é\n€ 😀\n', '', 'type:é\n'];

const read = (chunks: readonly Uint8Array[]): string[] => {
  const reader = new EventReader();
  return chunks.flatMap((chunk) => reader.push(chunk)).map(({ payload }) => payload.toString());
};

test('reads events whose length counts characters, however the bytes are cut', () => {
  expect(read([wire])).toEqual(payloads);
  expect(read(Array.from(wire, (byte) => Buffer.from([byte])))).toEqual(payloads);
  for (let cut = 1; cut < wire.length; cut++) {
    expect(read([wire.subarray(0, cut), wire.subarray(cut)])).toEqual(payloads);
  }
});

test('an event is given as soon as it is complete', () => {
  const one = envelope(remote('é'), to);
  const reader = new EventReader();
  expect(reader.push(one.subarray(0, -1))).toEqual([]);
  expect(reader.push(one.subarray(-1))).toHaveLength(1);
});

test('the header is parsed, blanks in the names of the server and the pool included', () => {
  const [delivery] = new EventReader().push(envelope({ type: 'TICK_5', when: 5 }, to));
  expect(delivery?.header).toEqual({
    version: '3.0',
    server: 'my server',
    serial: 12,
    pool: 'p q',
    poolSerial: 3,
    eventName: 'TICK_5',
    length: 6,
  });
});

test('a line that is no header is refused, and shown', () => {
  expect(() => new EventReader().push(Buffer.from('hello\n'))).toThrow(
    'cannot read an event from its header line: hello',
  );
});
