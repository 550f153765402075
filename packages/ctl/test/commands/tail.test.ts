import { expect, test } from '@jest/globals';

import { fault, processInfo, run, systemError, type Replies } from '../fake.ts';

const rows: readonly (readonly [line: string, replies: Replies, out: string, status: number])[] = [
  ['tail a', { readProcessStdoutLog: 'hello\n' }, 'hello\n\n', 0],
  ['tail a', { readProcessStdoutLog: '' }, '\n', 0],
  ['tail a STDERR', { readProcessStderrLog: 'oops' }, 'oops\n', 0],
  ['tail a', { readProcessStdoutLog: fault(20, 'x') }, 'a: ERROR (no log file)\n', 1],
  ['tail a', { readProcessStdoutLog: fault(30, 'x') }, 'a: ERROR (unknown error reading log)\n', 1],
  ['tail g:*', { readProcessStdoutLog: fault(10, 'x') }, 'g:*: ERROR (no such process name)\n', 1],
  ['tail -x a', {}, 'Error: bad argument -x\n', 1],
  ['tail -5', {}, 'Error: tail requires process name\n', 1],
  ['tail -x', {}, 'Error: tail requires process name\n', 1],
  ['tail a foo', {}, "Error: bad channel 'foo'\n", 1],
  [
    'tail -9999999999 a',
    {},
    "error: <class 'OverflowError'>, int exceeds XML-RPC limits: file: tsvctl line: 0\n",
    1,
  ],
  ['maintail', { readLog: 'log\n' }, 'log\n\n', 0],
  ['maintail', { readLog: fault(20, 'x') }, 'supervisord: ERROR (no log file)\n', 1],
  ['maintail', { readLog: fault(30, 'x') }, 'supervisord: ERROR (unknown error reading log)\n', 1],
  ['maintail 5', {}, 'Error: bad argument 5\n', 1],
  ['maintail -x', {}, 'Error: bad argument -x\n', 1],
];

test.each(rows)('%s', async (line, replies, out, status) => {
  expect(await run(line, { replies })).toMatchObject({ out, err: '', status });
});

test.each([
  ['tail a', 'readProcessStdoutLog("a", -1600, 0)'],
  ['tail -20 a', 'readProcessStdoutLog("a", -20, 0)'],
  ['tail -0 a', 'readProcessStdoutLog("a", 0, 0)'],
  ['tail --5 a', 'readProcessStdoutLog("a", 5, 0)'],
  ['tail a b stderr', 'readProcessStderrLog("a", -1600, 0)'],
  ['maintail -1_0', 'readLog(-10, 0)'],
])('%s asks for these bytes', async (line, call) => {
  const replies = { readProcessStdoutLog: '', readProcessStderrLog: '', readLog: '' };
  expect((await run(line, { replies })).calls).toEqual(['getVersion()', call]);
});

test.each([
  ['tail', 'Error: too few arguments\ntail [-f] <name>'],
  ['tail a b c d', 'Error: too many arguments\ntail [-f] <name>'],
  ['maintail -5 x', 'Error: too many arguments\nmaintail -f \t'],
])('%s says what is wrong, then how it is used', async (line, out) => {
  const result = await run(line);
  expect(result.out.startsWith(out)).toBe(true);
  expect(result.status).toBe(1);
});

test('tail -f prints what comes', async () => {
  const streams = { '/logtail/a/stderr': ['one\n', 'two\n'] };
  const result = await run('tail -f a stderr', { streams });
  expect(result).toMatchObject({ out: '==> Press Ctrl-C to exit <==\none\ntwo\n', status: 0 });
});

test('a chunk that is not UTF-8 is shown as bytes', async () => {
  const streams = { '/mainlogtail': ['\u00FF'] };
  const result = await run('maintail -f', { streams });
  expect(result.out).toBe("==> Press Ctrl-C to exit <==\nUndecodable: b'\\xff'");
});

test('tail -f of an unknown name complains on standard error and exits with 0', async () => {
  expect(await run('tail -f nosuch')).toMatchObject({
    out: '==> Press Ctrl-C to exit <==\n',
    err: 'http://localhost:9001/logtail/nosuch/stdout Cannot read, status code 404\n',
    status: 0,
  });
});

test('tail -f says on standard error why it cannot connect', async () => {
  const end = { type: 'unreachable', error: systemError('ECONNREFUSED') } as const;
  const result = await run('maintail -f', { streams: { '/mainlogtail': end } });
  expect(result.err).toBe(
    "http://localhost:9001/mainlogtail Cannot connect, error: <class 'ConnectionRefusedError'> ([Errno 111] Connection refused)\n",
  );
  expect(result.status).toBe(0);
});

test('fg sends lines until the input ends', async () => {
  const result = await run('fg a', {
    input: ['hello', ''],
    replies: { getProcessInfo: processInfo('a', 'RUNNING'), sendProcessStdin: true },
    streams: { '/logtail/a/stdout': ['history\n'], '/logtail/a/stderr': [] },
  });
  expect(result.out).toBe('==> Press Ctrl-C to exit <==\nhistory\nExiting foreground\n');
  expect(result.status).toBe(0);
  expect(result.calls).toContain(String.raw`sendProcessStdin("a", "hello\n")`);
});

test.each([
  [fault(70, 'NOT_RUNNING: a'), 'Process got killed\nExiting foreground\n'],
  [fault(20, 'NO_FILE: a'), "ERROR: <Fault 20: 'NO_FILE: a'>\nExiting foreground\n"],
])('fg ends when a line cannot be sent (%s)', async (error, out) => {
  const result = await run('fg a', {
    input: ['hello'],
    replies: { getProcessInfo: processInfo('a', 'RUNNING'), sendProcessStdin: error },
    streams: { '/logtail/a/stdout': [], '/logtail/a/stderr': [] },
  });
  expect(result.out).toBe(`==> Press Ctrl-C to exit <==\n${out}`);
  expect(result.status).toBe(0);
});

test.each([
  ['fg', {}, 'ERROR: no process name supplied\nfg <process>\tConnect', 1],
  ['fg a b', {}, 'ERROR: too many process names supplied\n', 1],
  ['fg a', { getProcessInfo: fault(10, 'x') }, 'ERROR: bad process name supplied\n', 1],
  ['fg a', { getProcessInfo: fault(30, 'FAILED') }, "ERROR: <Fault 30: 'FAILED'>\n", 0],
  ['fg a', { getProcessInfo: processInfo('a', 'STOPPED') }, 'ERROR: process not running\n', 1],
])('%s', async (line, replies, out, status) => {
  const result = await run(line, { replies });
  expect(result.out.startsWith(out)).toBe(true);
  expect(result.status).toBe(status);
});
