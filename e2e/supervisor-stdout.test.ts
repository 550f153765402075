// supervisor_stdout, which many images have to bring the output of programs to the container's log.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { Sandbox, waitFor } from './support/sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.close());

/** As images have it. */
const listener = [
  '[eventlistener:stdout]',
  'command = supervisor_stdout',
  'buffer_size = 100',
  'events = PROCESS_LOG',
  'result_handler = supervisor_stdout:event_handler',
].join('\n');

const program = (name: string, script: string): string => {
  box.write(name, `#!/bin/sh\n${script}\n`, 0o755);
  return [
    `[program:${name}]`,
    `command=${box.path(name)}`,
    'stdout_events_enabled=true',
    'stderr_events_enabled=true',
    'startsecs=0',
    'autorestart=false',
  ].join('\n');
};

/** What the daemon has printed that is no line of its log. */
const printed = (stdout: string): string[] =>
  stdout.split('\n').filter((line) => line !== '' && !/^\d{4}-\d\d-\d\d /.test(line));

describe('supervisor_stdout', () => {
  test('needs no Python: all programs’ lines are printed with their names', async () => {
    box.configure(
      [
        program('web', 'echo ready\nsleep 0.2\necho "GET /"\necho oops >&2\nexec sleep 60'),
        program('job', 'echo done'),
        listener,
      ].join('\n'),
      'nodaemon=true',
    );
    const daemon = await box.startDaemon();
    await waitFor('the lines', () => printed(daemon.stdout()).length === 4);
    expect(printed(daemon.stdout()).toSorted()).toEqual([
      'job stdout | done',
      'web stderr | oops',
      'web stdout | GET /',
      'web stdout | ready',
    ]);
    expect((await box.ctl('status', 'stdout')).stdout).toMatch(/^stdout +RUNNING/);
    daemon.process.kill('SIGTERM');
    expect((await daemon.ended()).status).toBe(0);
    expect(box.read('main.log')).not.toMatch(/UNKNOWN state|rejected/);
  });

  test('brings large and binary output through', async () => {
    const script = [
      'head -c 300000 /dev/zero | tr "\\0" x',
      'echo',
      'printf "\\377\\376\\n"',
      'head -c 100000 /dev/zero | tr "\\0" "\\377"',
      'echo end',
    ].join('\n');
    box.configure([program('big', script), listener].join('\n'), 'nodaemon=true');
    const daemon = await box.startDaemon();
    await waitFor('the end', () => printed(daemon.stdout()).at(-1)?.endsWith('end'));
    const text = printed(daemon.stdout())
      .map((line) => line.replace(/^big stdout \| /, ''))
      .join('');
    expect(text.match(/x/g)).toHaveLength(300_000);
    expect(box.read('main.log')).not.toMatch(/UNKNOWN state|rejected/);
  });

  test('that is installed is run itself', async () => {
    const sh = [
      'while echo READY && read -r line; do',
      '  length=${line##*len:}',
      '  dd bs=1 count="$length" of=payload 2>/dev/null',
      '  tr a-z A-Z <payload | sed "1s/.*/processname:it channel:stdout/" >result',
      '  printf "RESULT %s\\n" "$(wc -c <result | tr -d " ")"; cat result',
      'done',
    ].join('\n');
    box.write('supervisor_stdout', `#!/bin/sh\ncd "$(dirname "$0")"\n${sh}\n`, 0o755);
    box.configure(
      [
        program('web', 'echo ready'),
        listener,
        `environment=PATH="${box.folder}:/bin:/usr/bin"`,
      ].join('\n'),
      'nodaemon=true',
    );
    const daemon = await box.startDaemon();
    await waitFor('the line', () => printed(daemon.stdout()).includes('it stdout | READY'));
  });

  test('under any other name that is not there stays a command that cannot be found', async () => {
    box.configure(
      listener.replace('= supervisor_stdout\n', '= supervisor_stdin\n'),
      'nodaemon=true',
    );
    await box.startDaemon();
    await waitFor('the end of its tries', () => box.read('main.log').includes('gave up: stdout'));
    expect(box.read('main.log')).toContain("can't find command 'supervisor_stdin'");
  });

  test('is an event listener’s only: a program of that name is not found', async () => {
    box.configure('[program:x]\ncommand=supervisor_stdout\nautostart=false');
    await box.startDaemon();
    expect((await box.ctl('start', 'x')).stdout).toBe('x: ERROR (no such file)\n');
  });
});
