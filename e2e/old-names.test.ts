// The programs under the names that scripts and images call.
import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { Sandbox, fromRoot, tsvctlProgram, tsvdProgram, waitFor } from './support/sandbox.ts';

const supervisord = fromRoot('packages/daemon/bin/supervisord');
const supervisorctl = fromRoot('packages/ctl/bin/supervisorctl');

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.close());

describe('under its old name', () => {
  test.each([
    [supervisord, tsvdProgram, ['--version']],
    [supervisorctl, tsvctlProgram, ['-s', 'http://localhost:9001', 'help']],
  ])('%s does what %s does', async (old, program, words) => {
    const asOld = await box.run(old, words).ended();
    expect(asOld.stdout).not.toBe('');
    expect(asOld).toEqual(await box.run(program, words).ended());
  });

  test('supervisord calls itself by the name that was typed, and is found on PATH', async () => {
    const PATH = `${fromRoot('packages/daemon/bin')}:${process.env['PATH']}`;
    const words = ['-c', 'supervisord --nonsense'];
    const { stderr, status } = await box.run('/bin/sh', words, { ...process.env, PATH }).ended();
    expect(stderr).toMatch(/^For help, use .*supervisord -h\n$/m);
    expect(status).toBe(2);
  });

  test('both run a configuration as they always did', async () => {
    box.configure('[program:web]\ncommand=sleep 60');
    box.run(supervisord, ['-n', '-c', box.path('supervisord.conf')]);
    await waitFor('the start', () => box.read('main.log').includes('entered RUNNING state'));
    const status = ['-c', box.path('supervisord.conf'), 'status'];
    expect((await box.run(supervisorctl, status).ended()).stdout).toMatch(/^web +RUNNING/);
  });

  test('echo_supervisord_conf prints the sample, whatever it is given', async () => {
    const echo = fromRoot('packages/daemon/bin/echo_supervisord_conf');
    const { stdout, status } = await box.run(echo, ['--nonsense']).ended();
    expect(status).toBe(0);
    expect(stdout).toBe(readFileSync(fromRoot('packages/daemon/dist/sample.conf'), 'utf8'));
    box.write('supervisord.conf', stdout);
    const check = ['-c', box.path('supervisord.conf'), '--check-config'];
    const { stdout: verdict, stderr } = await box.run(tsvdProgram, check).ended();
    expect({ verdict, stderr }).toEqual({
      verdict: `${box.path('supervisord.conf')} is valid: 0 groups, 0 processes, stopped within 0 seconds\n`,
      stderr: '',
    });
  });
});
