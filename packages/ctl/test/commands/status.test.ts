import { expect, test } from '@jest/globals';

import { fault, processInfo, run, systemError } from '../fake.ts';

const up = processInfo('up', 'RUNNING');
const down = processInfo('down', 'STOPPED');
const one = processInfo('g:one', 'RUNNING');
const two = processInfo('g:two', 'FATAL', { description: 'Exited too quickly' });
const replies = { getAllProcessInfo: [down, one, two, up] };

const upRow = `${'up'.padEnd(33)}RUNNING   pid 42, uptime 0:12:21\n`;
const downRow = `${'down'.padEnd(33)}STOPPED   Not started\n`;
const oneRow = `${'g:one'.padEnd(33)}RUNNING   pid 42, uptime 0:12:21\n`;
const twoRow = `${'g:two'.padEnd(33)}FATAL     Exited too quickly\n`;

test.each([
  ['status', downRow + oneRow + twoRow + upRow, 3],
  ['status up all', downRow + oneRow + twoRow + upRow, 3],
  ['status up', upRow, 0],
  ['status up g:one up', upRow + oneRow + upRow, 0],
  ['status g:*', oneRow + twoRow, 3],
  ['status g:', oneRow + twoRow, 3],
  ['status nosuch', 'nosuch: ERROR (no such process)\n', 4],
  ['status nosuch:*', 'nosuch: ERROR (no such group)\n', 4],
  ['status one', 'one: ERROR (no such process)\n', 4],
  ['status up nosuch', `nosuch: ERROR (no such process)\n${upRow}`, 4],
  ['status down nosuch', `nosuch: ERROR (no such process)\n${downRow}`, 3],
])('%s', async (line, out, status) => {
  expect(await run(line, { replies })).toMatchObject({ out, err: '', status });
});

test('no processes: no output, exit status 0', async () => {
  const result = await run('status', { replies: { getAllProcessInfo: [] } });
  expect(result).toMatchObject({ out: '', status: 0 });
});

test.each([
  ['ECONNREFUSED', 'http://localhost:9001 refused connection\n', 4],
  ['ENOENT', 'http://localhost:9001 no such file\n', 4],
  [
    'EACCES',
    "error: <class 'PermissionError'>, [Errno 13] Permission denied: file: tsvctl line: 0\n",
    1,
  ],
])('status without a daemon (%s)', async (code, out, status) => {
  const result = await run('status', { replies: { getVersion: systemError(code) } });
  expect(result).toMatchObject({ out, status });
});

test('status --json prints one document', async () => {
  const { out, status } = await run('status --json up nosuch', { replies });
  expect(JSON.parse(out)).toEqual({
    version: 1,
    processes: [
      {
        name: 'up',
        group: 'up',
        process: 'up',
        state: 'RUNNING',
        stateCode: 20,
        pid: 42,
        description: 'pid 42, uptime 0:12:21',
        startedAt: null,
        stoppedAt: null,
        uptimeSeconds: 0,
        exitStatus: 0,
        spawnError: null,
        stdoutLog: null,
        stderrLog: null,
        listener: null,
      },
    ],
    errors: [{ name: 'nosuch', reason: 'no such process' }],
  });
  expect(status).toBe(4);
});

test('with --json, complaints go to standard error', async () => {
  const getVersion = systemError('ENOENT');
  const result = await run('status --json', { replies: { getVersion } });
  expect(result).toMatchObject({ out: '', err: 'http://localhost:9001 no such file\n', status: 4 });
});

test('an unforeseen fault is shown as supervisorctl shows it', async () => {
  const getAllProcessInfo = fault(6, 'SHUTDOWN_STATE');
  const result = await run('status', { replies: { getAllProcessInfo } });
  expect(result.out).toBe(
    "error: <class 'xmlrpc.client.Fault'>, <Fault 6: 'SHUTDOWN_STATE'>: file: tsvctl line: 0\n",
  );
  expect(result.status).toBe(1);
});

test('a pattern shows the processes that match it', async () => {
  expect((await run('status u?', { replies })).out).toBe(upRow);
  expect((await run('status g:t*', { replies })).out).toBe(twoRow);
  expect((await run('status [g]:*', { replies })).out).toBe(oneRow + twoRow);
  expect((await run('status x*', { replies })).out).toBe('x*: ERROR (no such process)\n');
});
