import { expect, test } from '@jest/globals';

import { runLine } from '../../src/dispatch.ts';
import { Session } from '../../src/session.ts';
import { FakeInput, FakeOutput, FakeRemote, processInfo, run, systemError } from '../fake.ts';

/** Watches until as many answers have been given, and returns what was printed. */
async function watch(answers: readonly unknown[], isTerminal: boolean): Promise<string> {
  const output = new FakeOutput();
  output.isTerminal = isTerminal;
  const controller = new AbortController();
  let next = 0;
  const remote = new FakeRemote({
    getAllProcessInfo: () => {
      if (next === answers.length) controller.abort();
      return answers[Math.min(next++, answers.length - 1)];
    },
  });
  const session = new Session({
    server: { url: 'unix:///s', username: null, password: null },
    connect: () => remote,
    output,
    input: new FakeInput([], output),
    interruptible: (work) => work(controller.signal),
    isInteractive: false,
  });
  await runLine(session, 'status --watch=0.001');
  return output.text;
}

const row = (state: string, description: string): string =>
  `${'a'.padEnd(33)}${state.padEnd(10)}${description}\n`;
const up = [processInfo('a', 'RUNNING', { description: 'up' })];
const down = [processInfo('a', 'STOPPED', { description: 'down' })];

test('the table is shown again only when it has changed', async () => {
  expect(await watch([up, up, down, down, up], false)).toBe(
    `${row('RUNNING', 'up')}\n${row('STOPPED', 'down')}\n${row('RUNNING', 'up')}`,
  );
});

test('a terminal is cleared before each table', async () => {
  expect(await watch([up, down], true)).toBe(
    `\u001B[H\u001B[2J${row('RUNNING', 'up')}\u001B[H\u001B[2J${row('STOPPED', 'down')}`,
  );
});

test('a daemon that goes away is watched for', async () => {
  expect(await watch([up, systemError('ECONNRESET'), up], false)).toContain(
    "error: <class 'ConnectionResetError'>",
  );
});

test.each(['0', 'x', '-1', ''])('--watch=%s is refused', async (period) => {
  const { out, status } = await run(`status --watch=${period}`);
  expect(out).toBe(`Error: --watch=${period} is not a number of seconds above 0\n`);
  expect(status).toBe(1);
});
