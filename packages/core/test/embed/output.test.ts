import { describe, expect, test } from '@jest/globals';

import type { Process, Reading } from '../../src/index.ts';
import { guest } from './guest.ts';

async function take(reading: Reading<string>, count: number): Promise<string[]> {
  const read: string[] = [];
  for await (const line of reading) if (read.push(line) === count) break;
  return read;
}

async function all(reading: AsyncIterable<string>): Promise<string[]> {
  const read: string[] = [];
  for await (const line of reading) read.push(line);
  return read;
}

describe.each(['memory', 'none'])('with its log in %s', (logfile) => {
  test('the lines of a process are read over its lives', async () => {
    const { supervisor, kernel, clock } = await guest({
      startSeconds: 0,
      autorestart: true,
      stdout: { logfile },
    });
    const web = supervisor.process('web');
    const lines = web.lines();
    kernel.output(web.pid, 1, 'first\nunfin');
    kernel.end(web.pid, 0);
    clock.advance(1000);
    kernel.output(web.pid, 1, 'second\n');
    expect(await take(lines, 3)).toEqual(['first', 'unfin', 'second']);
  });
});

test('each channel by itself, as text or in chunks', async () => {
  const { supervisor, kernel } = await guest();
  const web = supervisor.process('web');
  const lines = web.lines({ channel: 'stderr' });
  const chunks = web.output();
  kernel.output(web.pid, 2, 'wrong\n');
  kernel.output(web.pid, 1, 'right');
  expect((await lines.next()).value).toBe('wrong');
  expect((await chunks.next()).value).toEqual(Buffer.from('right'));
});

test('what has been captured, and escapes that are stripped, are not in it', async () => {
  const { supervisor, kernel } = await guest(
    { stdout: { captureMaxBytes: 100 }, startSeconds: 0, autorestart: false },
    { stripAnsi: true },
  );
  const web = supervisor.process('web');
  const lines = web.lines({ untilStopped: true });
  const [begin, end] = ['BEGIN', 'END'].map((word) => `<!--XSUPERVISOR:${word}-->`);
  kernel.output(web.pid, 1, `a${begin}secret${end}\n\x1b[31mb\x1b[0m\n`);
  kernel.end(web.pid, 0);
  expect(await all(lines)).toEqual(['a', 'b']);
});

describe('the backlog', () => {
  const backlogOf = async (web: Process, backlog: number): Promise<string[]> => {
    const stop = new AbortController();
    const lines = web.lines({ backlog, signal: stop.signal });
    const read: string[] = [];
    for (;;) {
      const next = await Promise.race([lines.next(), Promise.resolve(undefined)]);
      if (next?.value === undefined) break;
      read.push(next.value);
    }
    stop.abort();
    return read;
  };

  test('is the last lines of the log, and goes on in the middle of one', async () => {
    const { supervisor, kernel } = await guest();
    const web = supervisor.process('web');
    kernel.output(web.pid, 1, 'a\nb\nc\nd');
    expect(await backlogOf(web, 1)).toEqual([]);
    expect(await backlogOf(web, 3)).toEqual(['b', 'c']);
    expect(await backlogOf(web, 99)).toEqual(['a', 'b', 'c']);
    const lines = web.lines({ backlog: 2 });
    kernel.output(web.pid, 1, 'e\n');
    expect(await take(lines, 2)).toEqual(['c', 'de']);
  });

  test('is nothing where there is no log', async () => {
    const { supervisor, kernel } = await guest({ stdout: { logfile: 'none' } });
    const web = supervisor.process('web');
    kernel.output(web.pid, 1, 'a\n');
    expect(await backlogOf(web, 9)).toEqual([]);
  });
});

describe('reading until it has stopped', () => {
  test('ends with the life at hand', async () => {
    const { supervisor, kernel } = await guest({ startSeconds: 0, autorestart: false });
    const web = supervisor.process('web');
    const lines = web.lines({ untilStopped: true });
    kernel.output(web.pid, 1, 'a\nb');
    kernel.end(web.pid, 0);
    expect(await all(lines)).toEqual(['a', 'b']);
  });

  test('awaits one that has not been started', async () => {
    const { supervisor, kernel } = await guest({
      startSeconds: 0,
      autostart: false,
      autorestart: false,
    });
    const web = supervisor.process('web');
    const lines = all(web.lines({ untilStopped: true }));
    await web.start();
    kernel.output(web.pid, 1, 'a\n');
    kernel.end(web.pid, 0);
    expect(await lines).toEqual(['a']);
  });
});

test('what is too much for a slow reader is left out, and the process is not held up', async () => {
  const { supervisor, kernel } = await guest();
  const web = supervisor.process('web');
  const missed: number[] = [];
  const lines = web.lines({ maxBuffered: 10, missed: (count) => missed.push(count) });
  kernel.output(web.pid, 1, '1\n2\n3\n4\n5\n6\n7\n');
  expect(await take(lines, 5)).toEqual(['3', '4', '5', '6', '7']);
  expect(missed).toEqual([2]);
});

test('it ends when the program is removed, and when the supervisor is shut down', async () => {
  const { supervisor, kernel } = await guest({ startSeconds: 0 });
  const other = supervisor.addProgram('other', { command: '/bin/sh', autostart: false });
  const [web, added] = [supervisor.process('web').lines(), other.lines()];
  await supervisor.removeProgram('other');
  expect(await all(added)).toEqual([]);
  const down = supervisor.shutdown();
  kernel.end(kernel.child().pid, 15);
  await down;
  expect(await all(web)).toEqual([]);
});

test('reading that begins after the process was removed has what its log holds, and ends', async () => {
  const { supervisor, kernel } = await guest({ startSeconds: 0, autorestart: false });
  const web = supervisor.process('web');
  kernel.output(web.pid, 1, 'one\ntwo\nthr');
  kernel.end(web.pid, 0);
  await supervisor.removeProgram('web');
  expect(await all(web.lines())).toEqual([]);
  expect(await all(web.lines({ backlog: 2 }))).toEqual(['two', 'thr']);
  expect((await web.output({ untilStopped: true }).next()).done).toBe(true);
});
