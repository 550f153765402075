import { expect, test } from '@jest/globals';

import { run } from '../fake.ts';

const running =
  '{"time":"2026-01-02T03:04:05.678Z","event":"PROCESS_STATE_RUNNING","process":"web","group":"web","payload":"processname:web groupname:web from_state:STARTING pid:7"}\n';
const removed =
  '{"time":"2026-01-02T03:04:06.000Z","event":"PROCESS_GROUP_REMOVED","payload":"groupname:web\\n"}\n';

test('events are a line each, wherever the stream is cut', async () => {
  const chunks = [running.slice(0, 50), running.slice(50) + removed, '{"missed":3}\n'];
  const { out, status } = await run('events', { streams: { '/events': chunks } });
  expect(out).toBe(
    '2026-01-02T03:04:05.678Z PROCESS_STATE_RUNNING processname:web groupname:web from_state:STARTING pid:7\n' +
      '2026-01-02T03:04:06.000Z PROCESS_GROUP_REMOVED groupname:web\n' +
      '(3 events were missed)\n',
  );
  expect(status).toBe(0);
});

test('events --json prints them as they come', async () => {
  const { out } = await run('events --json tick_5', { streams: { '/events tick_5': [running] } });
  expect(out).toBe(running);
});

test.each([
  [404, 'ERROR: events are told by tsvd only\n'],
  [400, 'ERROR: no such event among BOGUS\n'],
  [500, 'ERROR: status code 500\n'],
])('a status of %i is an error', async (status, text) => {
  const result = await run('events BOGUS', {
    streams: { '/events BOGUS': { type: 'refused', status } },
  });
  expect([result.out, result.status]).toEqual([text, 1]);
});
