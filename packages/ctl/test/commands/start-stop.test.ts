import { expect, test } from '@jest/globals';

import { fault, processResult, run, type Replies } from '../fake.ts';

const badName = (name: unknown): Error => fault(10, `BAD_NAME: ${String(name)}`);

/** Input line, replies, standard output, exit status. */
const rows: readonly (readonly [line: string, replies: Replies, out: string, status: number])[] = [
  ['start a', { startProcess: true }, 'a: started\n', 0],
  ['start g:a', { startProcess: true }, 'g:a: started\n', 0],
  ['start g:g', { startProcess: true }, 'g: started\n', 0],
  ['start a', { startProcess: badName }, 'a: ERROR (no such process)\n', 1],
  ['start a', { startProcess: fault(20, 'NO_FILE: x') }, 'a: ERROR (no such file)\n', 1],
  ['start a', { startProcess: fault(21, 'x') }, 'a: ERROR (file is not executable)\n', 1],
  ['start a', { startProcess: fault(60, 'x') }, 'a: ERROR (already started)\n', 0],
  ['start a', { startProcess: fault(50, 'x') }, 'a: ERROR (spawn error)\n', 7],
  ['start a', { startProcess: fault(40, 'x') }, 'a: ERROR (abnormal termination)\n', 7],
  [
    'start a b',
    { startProcess: fault(6, 'SHUTDOWN_STATE') },
    "error: <class 'ValueError'>, Unknown result code 6 for a: file: tsvctl line: 0\n",
    1,
  ],
  ['start g:*', { startProcessGroup: badName }, 'g: ERROR (no such group)\n', 2],
  [
    'start g:',
    { startProcessGroup: [processResult('g:a', 80), processResult('g:b', 50)] },
    'g:a: started\ng:b: ERROR (spawn error)\n',
    7,
  ],
  [
    'start g:*',
    { startProcessGroup: fault(6, 'SHUTDOWN_STATE') },
    "error: <class 'xmlrpc.client.Fault'>, <Fault 6: 'SHUTDOWN_STATE'>: file: tsvctl line: 0\n",
    1,
  ],
  ['start x all y', { startAllProcesses: [processResult('a', 80)] }, 'a: started\n', 0],
  ['stop a', { stopProcess: true }, 'a: stopped\n', 0],
  ['stop a', { stopProcess: fault(70, 'x') }, 'a: ERROR (not running)\n', 0],
  ['stop a', { stopProcess: fault(30, 'FAILED: no way') }, 'FAILED: no way\n', 1],
  ['stop g:*', { stopProcessGroup: badName }, 'g: ERROR (no such group)\n', 1],
  ['stop all', { stopAllProcesses: [] }, '', 0],
  ['signal HUP a', { signalProcess: true }, 'a: signalled\n', 0],
  ['signal HUP a', { signalProcess: fault(70, 'x') }, 'a: ERROR (not running)\n', 7],
  ['signal X a', { signalProcess: fault(11, 'BAD_SIGNAL: X') }, 'a: ERROR (bad signal name)\n', 1],
  ['signal HUP g:*', { signalProcessGroup: [] }, '', 0],
  ['signal HUP g:*', { signalProcessGroup: badName }, 'g: ERROR (no such group)\n', 1],
  ['signal HUP all', { signalAllProcesses: [processResult('a', 80)] }, 'a: signalled\n', 0],
  ['clear a', { clearProcessLogs: true }, 'a: cleared\n', 0],
  ['clear a', { clearProcessLogs: fault(30, 'x') }, 'a: ERROR (failed)\n', 1],
  ['clear g:*', { clearProcessLogs: badName }, 'g:None: ERROR (no such process)\n', 1],
  ['clear all', { clearAllProcessLogs: [processResult('g:a', 80)] }, 'g:a: cleared\n', 0],
  [
    'restart a',
    { stopProcess: fault(70, 'x'), startProcess: true },
    'a: ERROR (not running)\na: started\n',
    0,
  ],
];

test.each(rows)('%s', async (line, replies, out, status) => {
  expect(await run(line, { replies })).toMatchObject({ out, err: '', status });
});

test('the last result decides the exit status, not the worst', async () => {
  const startProcess = (name: string): unknown =>
    name === 'a' ? fault(50, 'SPAWN_ERROR: a') : fault(10, 'BAD_NAME: b');
  expect((await run('start a b', { replies: { startProcess } })).status).toBe(1);
  expect((await run('start b a', { replies: { startProcess } })).status).toBe(7);
});

test('a success after a failure leaves the exit status of the failure', async () => {
  const startProcess = (name: string): unknown => (name === 'a' ? fault(50, 'x') : true);
  expect((await run('start a b', { replies: { startProcess } })).status).toBe(7);
});

test.each([
  ['start', 2],
  ['stop', 1],
  ['restart', 1],
  ['clear', 1],
])('%s without a name says so, then how it is used', async (action, status) => {
  const result = await run(action);
  expect(result.out).toMatch(
    new RegExp(`^Error: ${action} requires a process name\n${action} <name>\t`),
  );
  expect(result.status).toBe(status);
  expect(result.calls).toEqual(['getVersion()']);
});

test('signal wants a signal and a name', async () => {
  const { out, status } = await run('signal HUP');
  expect(out).toMatch(/^Error: signal requires a signal name and a process name\nsignal <signal/);
  expect(status).toBe(1);
});

test('restart stops everything named before it starts anything', async () => {
  const { calls } = await run('restart a b', {
    replies: { stopProcess: true, startProcess: true },
  });
  expect(calls.filter((call) => call !== 'getVersion()')).toEqual([
    'stopProcess("a")',
    'stopProcess("b")',
    'startProcess("a")',
    'startProcess("b")',
  ]);
});
