import { EventEmitter } from 'node:events';

import { expect, test } from '@jest/globals';

import { interruptibleBy } from '../src/interrupts.ts';
import { Session } from '../src/session.ts';
import { runShell } from '../src/shell.ts';
import { FakeInput, FakeOutput, FakeRemote } from './fake.ts';

const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('interrupted')));

test('Ctrl-C ends the innermost work, and is let through when nothing runs', async () => {
  const source = new EventEmitter();
  const interruptible = interruptibleBy(source);
  const ended = interruptible(async (outer) => {
    const inner = interruptible(untilAborted);
    source.emit('SIGINT');
    return [await inner, outer.aborted];
  });
  expect(await ended).toEqual(['interrupted', false]);
  expect(source.listenerCount('SIGINT')).toBe(0);
});

function shellSession(remote: FakeRemote, source: EventEmitter): [Session, FakeOutput] {
  const output = new FakeOutput();
  const session = new Session({
    server: { url: 'unix:///s', username: null, password: null },
    connect: () => remote,
    output,
    input: new FakeInput(['tail -f a', 'version'], output),
    interruptible: interruptibleBy(source),
    isInteractive: true,
  });
  return [session, output];
}

test('Ctrl-C during tail -f goes back to the prompt', async () => {
  const source = new EventEmitter();
  const remote = new FakeRemote({ getAllProcessInfo: [], getSupervisorVersion: '4.2.5' });
  remote.follow = async (_log, _receive, signal) => {
    const ended = untilAborted(signal);
    source.emit('SIGINT');
    await ended;
    return { type: 'ended' };
  };
  const [session, output] = shellSession(remote, source);
  await runShell(session, 's');
  expect(output.text).toBe('s> ==> Press Ctrl-C to exit <==\n\ns> 4.2.5\ns> \n');
});

test('Ctrl-C during another action leaves the shell', async () => {
  const source = new EventEmitter();
  const remote = new FakeRemote({
    getVersion: () => {
      source.emit('SIGINT');
      return '3.0';
    },
    getAllProcessInfo: new Promise(() => {}),
  });
  const [session, output] = shellSession(remote, source);
  await runShell(session, 's');
  expect(output.text).toBe('\n');
});
