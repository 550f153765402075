import { expect, test } from '@jest/globals';

import { completions } from '../src/completions.ts';
import { runShell } from '../src/shell.ts';
import { makeSession, processInfo } from './fake.ts';

const replies = { getAllProcessInfo: [processInfo('a', 'RUNNING')], getSupervisorVersion: '4.2.5' };
const greeting = `${'a'.padEnd(33)}RUNNING   pid 42, uptime 0:12:21\n`;

test.each([
  [[], 'supervisor> \n'],
  [['version'], 'supervisor> 4.2.5\nsupervisor> \n'],
  [['', 'quit', 'version'], 'supervisor> supervisor> \n'],
  [['bogus', 'exit'], 'supervisor> *** Unknown syntax: bogus\nsupervisor> \n'],
])('the shell greets with the status, then obeys %j', async (input, out) => {
  const { session, output } = makeSession({ replies, input });
  await runShell(session, 'supervisor');
  expect(output.text).toBe(greeting + out);
});

const infos = [
  processInfo('cat', 'RUNNING'),
  processInfo('g:one', 'RUNNING'),
  processInfo('g:two', 'RUNNING'),
];

test.each([
  ['', ['help ', 'add ', 'avail ']],
  ['sta', ['start ', 'status ']],
  ['help sto', ['stop ']],
  ['start ', ['cat ', 'g:one ', 'g:* ', 'g:two ']],
  ['tail -f g:t', ['g:two ']],
  ['tail cat:', ['cat:cat ', 'cat:* ']],
  ['update ', ['cat ', 'g ']],
  ['status --', ['--json ', '--watch ']],
  ['version x', []],
  ['bogus x', []],
])('%j is completed', async (line, expected) => {
  const found = await completions(line, () => Promise.resolve(infos));
  expect(found.slice(0, Math.max(expected.length, line === '' ? 3 : found.length))).toEqual(
    expected,
  );
});
