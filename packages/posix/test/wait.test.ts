import { describe, expect, test } from '@jest/globals';

import { spawn } from '../src/spawn.ts';
import { waitFor } from '../src/wait.ts';
import { exitOf, run } from './support/children.ts';
import { fixture } from './support/fixture.ts';

describe('waiting for one child', () => {
  test('gives the status as waitpid(2) has it', () => {
    expect(run(['/bin/sh', '-c', 'exit 7']).status).toBe(7 << 8);
    expect(run(['/bin/sh', '-c', 'kill -TERM $$']).status).toBe(15);
    expect(run(['/bin/sh', '-c', 'kill -40 $$']).status).toBe(40);
  });

  test('gives nothing while it lives, and nothing after it was collected', () => {
    const settings = {
      environment: {},
      directory: null,
      umask: null,
      user: null,
      stdio: [0, 1, 2],
    } as const;
    const { pid } = spawn({ file: '/bin/sleep', argv: ['sleep', '60'], ...settings });
    expect(waitFor(pid)).toBeUndefined();
    process.kill(pid, 'SIGKILL');
    expect(exitOf(pid)).toBe(9);
    expect(waitFor(pid)).toBeUndefined();
  });

  test('gives nothing for strangers and for process groups', () => {
    expect(waitFor(process.pid)).toBeUndefined();
    expect(waitFor(0)).toBeUndefined();
    expect(waitFor(-1)).toBeUndefined();
  });
});

test('waiting for any collects children and adopted orphans, until there are none', async () => {
  expect(await fixture('adopting')).toEqual({
    noneYet: null,
    child: 3 << 8,
    orphans: [5 << 8, 6 << 8],
    sigchld: true,
    left: null,
  });
});
