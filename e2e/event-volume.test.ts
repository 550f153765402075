import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { python, withChildutils } from './support/needs.ts';
import { Sandbox, fromRoot, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const EVENTS = 100_000;
/** A word of a command: the folder of the repository may have a space in its name. */
const fixture = (name: string): string => `"${fromRoot(`e2e/fixtures/listeners/${name}`)}"`;

/** What a listener has seen of so many messages, when the last has come. */
async function seenBy(command: string): Promise<string> {
  sandbox.configure(
    [
      '[program:source]',
      `command=${process.execPath} ${fixture('messages.js')} ${EVENTS}`,
      'stdout_capture_maxbytes=1000',
      'stdout_logfile=NONE',
      '[eventlistener:counter]',
      `command=${command} ${sandbox.path('seen')}`,
      'events=PROCESS_COMMUNICATION',
      `buffer_size=${EVENTS}`,
      'stdout_logfile=NONE',
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  const last = `\n${EVENTS - 1}\n`;
  await waitFor('the last event', () => sandbox.read('seen').endsWith(last), 60_000);
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
  expect(sandbox.read('main.log')).not.toMatch(/overflowed|UNKNOWN/);
  return sandbox.read('seen');
}

const inOrder = Array.from({ length: EVENTS }, (_, number) => `${number}\n`).join('');

test('of 100,000 events none is lost, doubled or out of order', async () => {
  const seen = await seenBy(`${process.execPath} ${fixture('count.js')}`);
  expect(seen === inOrder).toBe(true);
}, 90_000);

withChildutils(
  'nor with a listener of supervisor.childutils',
  async () => {
    const seen = await seenBy(`${python} ${fixture('count.py')}`);
    expect(seen === inOrder).toBe(true);
  },
  90_000,
);
