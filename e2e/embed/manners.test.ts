import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { Sandbox, waitFor } from '../support/sandbox.ts';
import type { Ended } from '../support/sandbox.ts';
import { install, runNode } from './support/host.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  install(sandbox, 'e2e/embed/fixtures');
});
afterEach(() => sandbox.close());

const run = (...args: readonly string[]): Promise<Ended> =>
  runNode(sandbox, [`app/${args[0]}`, ...args.slice(1)], { MARK: 'ours' }).ended();

test('two supervisors leave signals, folder, umask, environment and children of the program alone', async () => {
  const { status, stdout, stderr } = await run('manners.mjs');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const found = JSON.parse(stdout) as {
    before: { listeners: number[]; surroundings: unknown[] };
    during: { listeners: number[]; surroundings: unknown[] };
    after: object;
  };
  expect(found).toMatchObject({
    finished: 100,
    wentOn: true,
    hasSeenSignals: true,
    isAllReaped: true,
    states: ['STOPPED', 'STOPPED'],
  });
  expect(found.after).toEqual(found.before);
  expect(found.during.surroundings).toEqual(found.before.surroundings);
  // One listener to SIGCHLD, beside the program's own, and one to its exit, for both of them.
  const [SIGCHLD, ...others] = found.before.listeners;
  const withOurs = [SIGCHLD! + 2, ...others.map((count, at) => (at === 5 ? count + 1 : count))];
  expect(found.during.listeners).toEqual(withOurs);
});

test('many supervisors are no leak of listeners', async () => {
  expect(await run('many.mjs')).toEqual({ status: 0, stdout: 'true\n0\n', stderr: '' });
});

test('a child keeps the program alive, and the program ends after it', async () => {
  expect(await run('kept-alive.mjs')).toEqual({
    status: 0,
    stdout: 'exited, expected: false\n',
    stderr: '',
  });
});

describe('when the program exits without a shutdown', () => {
  test('children are asked to stop', async () => {
    const { status } = await run('exits.mjs', 'true', sandbox.path('heard'));
    expect(status).toBe(1);
    await waitFor('the child to hear of it', () => sandbox.read('heard') === 'TERM\n');
  });

  test('they go on if that is wanted', async () => {
    const { stdout } = await run('exits.mjs', 'false', sandbox.path('heard'));
    process.kill(Number(stdout), 0);
    process.kill(Number(stdout), 'SIGTERM');
    await waitFor('the child to end', () => sandbox.read('heard') === 'TERM\n');
  });
});

test('in a worker thread it says why it cannot be had', async () => {
  const { stdout } = await run('worker-thread.mjs');
  expect(stdout).toBe(
    'FAILED FAILED: a supervisor needs the main thread, since no worker thread is told when a child dies\n',
  );
});

test('a slow reader does not hold up the program that writes, and is told what it has missed', async () => {
  const { status, stdout } = await run('slow-reader.mjs');
  expect(JSON.parse(stdout)).toEqual({ last: 'last', all: 400_001, isBounded: true });
  expect(status).toBe(0);
});
