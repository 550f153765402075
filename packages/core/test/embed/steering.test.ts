import { describe, expect, test } from '@jest/globals';

import { EXIT_1, guest } from './guest.ts';

describe('start', () => {
  test('resolves once the process is RUNNING', async () => {
    const { supervisor, clock } = await guest({ autostart: false });
    const web = supervisor.process('web');
    const started = web.start();
    expect(web.state).toBe('STARTING');
    clock.advance(1000);
    expect(await started).toBe(true);
  });

  test('waits for one that starts already, and is nothing for one that runs', async () => {
    const { supervisor, clock } = await guest();
    const web = supervisor.process('web');
    const started = web.start();
    clock.advance(1000);
    expect(await started).toBe(false);
    expect(await web.start()).toBe(false);
  });

  test('waits for one that is being stopped, and starts it then', async () => {
    const { supervisor, clock, kernel } = await guest({ startSeconds: 0 });
    const web = supervisor.process('web');
    const { pid } = web;
    const stopped = web.stop();
    const started = web.start();
    kernel.end(pid, 15);
    expect([await stopped, await started]).toEqual([true, true]);
    expect(web.pid).not.toBe(pid);
    expect(clock.pending).toBe(0);
  });

  test('goes on over starts that fail, as often as they are tried again', async () => {
    const { supervisor, clock, kernel } = await guest({ autostart: false, startRetries: 2 });
    const web = supervisor.process('web');
    kernel.spawnErrors.push('EAGAIN');
    const started = web.start();
    expect(web.state).toBe('BACKOFF');
    clock.advance(1000);
    kernel.end(web.pid, EXIT_1);
    clock.advance(2000);
    clock.advance(1000);
    expect(await started).toBe(true);
  });

  test('fails with the reason once the process is given up', async () => {
    const { supervisor, clock, kernel } = await guest({ startRetries: 0 });
    const web = supervisor.process('web');
    const started = web.start();
    kernel.end(web.pid, EXIT_1);
    clock.advance(0);
    await expect(started).rejects.toThrow(
      'ABNORMAL_TERMINATION: web: Exited too quickly (process log may have details)',
    );
  });

  test('fails at once if its command is not there', async () => {
    const { supervisor } = await guest({ autostart: false, command: '/nonexistent/web' });
    const { message } = (await supervisor
      .process('web')
      .start()
      .catch((error: Error) => error)) as Error;
    expect(message).toBe("NO_FILE: can't find command '/nonexistent/web'");
  });

  test('is given up by a signal, and the process starts all the same', async () => {
    const { supervisor, clock } = await guest({ autostart: false });
    const web = supervisor.process('web');
    const giveUp = new AbortController();
    const started = web.start({ signal: giveUp.signal });
    giveUp.abort(new Error('no time'));
    await expect(started).rejects.toThrow('no time');
    clock.advance(1000);
    expect(web.state).toBe('RUNNING');
    await expect(web.stop({ signal: giveUp.signal })).rejects.toThrow('no time');
    expect(web.state).toBe('RUNNING');
  });

  test('can be asked for by a listener to the end of the same process', async () => {
    const { supervisor, kernel, clock } = await guest({ startSeconds: 0, autorestart: false });
    const web = supervisor.process('web');
    let again: Promise<boolean> | undefined;
    supervisor.on('PROCESS_STATE_EXITED', () => (again = web.start()));
    kernel.end(web.pid, 0);
    clock.advance(0);
    expect(await again).toBe(true);
  });
});

describe('stop', () => {
  test('resolves once the process has been reaped', async () => {
    const { supervisor, kernel, clock } = await guest();
    const web = supervisor.process('web');
    clock.advance(1000);
    const stopped = Promise.all([web.stop(), web.stop()]);
    clock.advance(10_000);
    expect(kernel.child().signals).toEqual([15, 9]);
    kernel.end(web.pid, 9);
    expect(await stopped).toEqual([true, true]);
    expect(await web.stop()).toBe(false);
  });

  test('of one that cannot be signalled fails', async () => {
    const { supervisor, kernel } = await guest();
    const web = supervisor.process('web');
    kernel.killErrors.set(web.pid, 'EPERM');
    await expect(web.stop()).rejects.toThrow('FAILED: web (pid 1001) cannot be stopped');
  });
});

test('restart stops and starts', async () => {
  const { supervisor, kernel } = await guest({ startSeconds: 0 });
  const web = supervisor.process('web');
  const restarted = web.restart();
  kernel.end(web.pid, 15);
  await restarted;
  expect([web.state, kernel.children.length]).toEqual(['RUNNING', 2]);
});

describe('waitFor', () => {
  test('resolves with the state, now or later', async () => {
    const { supervisor, clock } = await guest();
    const web = supervisor.process('web');
    expect(await web.waitFor(['STARTING', 'RUNNING'])).toBe('STARTING');
    const running = web.waitFor('RUNNING');
    clock.advance(1000);
    expect(await running).toBe('RUNNING');
  });

  test('fails when the process is removed', async () => {
    const { supervisor, kernel } = await guest({ startSeconds: 0 });
    const web = supervisor.process('web');
    const fatal = web.waitFor('FATAL');
    const removed = supervisor.removeProgram('web');
    kernel.end(web.pid, 15);
    await removed;
    await expect(fatal).rejects.toThrow('BAD_NAME: web has been removed');
    expect(() => supervisor.process('web')).toThrow('BAD_NAME: web');
  });

  test('fails at once for a process that was removed, but for the state that it is in', async () => {
    const { supervisor } = await guest({ autostart: false });
    const web = supervisor.process('web');
    await supervisor.removeProgram('web');
    await expect(web.waitFor('RUNNING')).rejects.toThrow('BAD_NAME: web has been removed');
    expect(await web.waitFor('STOPPED')).toBe('STOPPED');
  });

  test('fails at once for a state that there is not', async () => {
    const { supervisor } = await guest();
    const wait = supervisor.process('web').waitFor('RUNING' as 'RUNNING');
    await expect(wait).rejects.toThrow('BAD_ARGUMENTS: there is no state RUNING');
  });
});

test('a signal goes by number or name', async () => {
  const { supervisor, kernel } = await guest();
  const web = supervisor.process('web');
  for (const signal of ['HUP', 'SIGUSR1', 2]) web.signal(signal);
  expect(kernel.child().signals).toEqual([1, 10, 2]);
  expect(() => web.signal('FOO')).toThrow('BAD_SIGNAL: FOO');
});

test('text and bytes are written to its stdin', async () => {
  const { supervisor, kernel } = await guest();
  const web = supervisor.process('web');
  web.write('d\u00e9j\u00e0\n');
  web.write(new Uint8Array([0x76, 0x75]));
  expect(kernel.child().stdin).toBe('d\u00e9j\u00e0\nvu');
});
