import { expect, test } from '@jest/globals';

import { parseLine } from '../src/dispatch.ts';
import { HttpStatusError } from '../src/errors.ts';
import { run } from './fake.ts';

test.each([
  ['status', 'status', ''],
  ['  status   a  ', 'status', 'a'],
  ['status;', 'status', ';'],
  ['tail-f x', 'tail', '-f x'],
  ['?', 'help', ''],
  ['? x', 'help', 'x'],
  ['!ls', '', '!ls'],
])('%j is the action %j with %j', (line, action, argument) => {
  expect(parseLine(line)).toMatchObject({ action, argument });
});

test.each(['bogus', '!ls', 'Status', 'start_', '-f'])('%s is unknown', async (line) => {
  const { out, status } = await run(line);
  expect(out).toBe(`*** Unknown syntax: ${line}\n`);
  expect(status).toBe(1);
});

test('an empty line does nothing', async () => {
  expect(await run('  ')).toMatchObject({ out: '', status: 0, calls: [] });
});

test('without a user a refused password is said twice', async () => {
  const getVersion = new HttpStatusError(401, 'Unauthorized');
  const { out, status } = await run('status', { replies: { getVersion } });
  expect(out).toBe(
    'Server requires authentication\n' +
      "error: <class 'xmlrpc.client.ProtocolError'>, <ProtocolError for 127.0.0.1/RPC2: 401 Unauthorized>: file: tsvctl line: 0\n",
  );
  expect(status).toBe(1);
});

test('a user is asked for name and password until they are accepted', async () => {
  let attempts = 0;
  const getVersion = (): unknown =>
    (attempts += 1) < 3 ? new HttpStatusError(401, 'Unauthorized') : '3.0';
  const { out, status } = await run('version', {
    isInteractive: true,
    input: ['joe', 'wrong', 'joe', 'secret'],
    replies: { getVersion, getSupervisorVersion: '4.2.5' },
  });
  const question = 'Server requires authentication\nUsername:Password:\n';
  expect(out).toBe(`${question}${question}4.2.5\n`);
  expect(status).toBe(0);
});
