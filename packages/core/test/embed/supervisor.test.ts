import { describe, expect, test } from '@jest/globals';

import { Supervisor, configFrom } from '../../src/index.ts';
import { FakeKernel } from '../../src/testing/index.ts';
import { guest } from './guest.ts';

const sh = { command: '/bin/sh', startSeconds: 0 };

describe('programs', () => {
  test('that are due are being started when the supervisor is there', async () => {
    const { supervisor } = await guest({}, { programs: { off: { ...sh, autostart: false } } });
    expect(supervisor.processes.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'off STOPPED',
      'web STARTING',
    ]);
  });

  test('leave no file, and what they wrote last can be read', async () => {
    const { supervisor, kernel } = await guest();
    const web = supervisor.process('web');
    kernel.output(web.pid, 1, 'words');
    expect(web.log('stdout').path).toBe(null);
    expect(web.log('stdout').read(0, 0).toString()).toBe('words');
  });

  test('are added and removed at run time', async () => {
    const { supervisor, kernel, clock } = await guest({}, { environment: { SHARED: '1' } });
    const job = supervisor.addProgram('job', { ...sh, numprocs: 2, environment: { OWN: '2' } });
    expect(job.name).toBe('job_00');
    clock.advance(0);
    expect(supervisor.group('job')?.processes.map(({ state }) => state)).toEqual([
      'RUNNING',
      'RUNNING',
    ]);
    expect(kernel.child().request.environment).toMatchObject({ SHARED: '1', OWN: '2' });
    expect(() => supervisor.addProgram('job', sh)).toThrow('ALREADY_ADDED: job');
    expect(() => supervisor.addProgram('bad', { ...sh, priority: 0.5 })).toThrow(
      'programs.bad.priority: ',
    );
    const removed = supervisor.removeProgram('job');
    for (const { pid } of supervisor.group('job')!.processes) kernel.end(pid, 15);
    await removed;
    expect(supervisor.group('job')).toBe(undefined);
  });

  test('change by an update to another configuration', async () => {
    const { supervisor, kernel, clock } = await guest();
    const config = configFrom({ programs: { web: { command: '/bin/sh' }, next: sh } });
    expect(await supervisor.update(config)).toMatchObject({ added: ['next'], changed: [] });
    clock.advance(0);
    expect(supervisor.process('next').state).toBe('RUNNING');
    expect(kernel.children).toHaveLength(2);
  });
});

test('a name that means several processes is not one', async () => {
  const { supervisor } = await guest({ numprocs: 2 });
  expect(() => supervisor.process('web:*')).toThrow('BAD_NAME: web:* means web:web_00, web:web_01');
  expect(supervisor.process('web:web_01').name).toBe('web_01');
});

describe('of a file or a text', () => {
  test('folder, umask and environment of the daemon are given to the programs', async () => {
    const kernel = new FakeKernel();
    const text = `
[supervisord]
directory=/
umask=027
environment=A="1"
[program:web]
command=/bin/sh
[program:own]
command=/bin/sh
directory=/tmp
umask=077
`;
    await Supervisor.fromText(text, { kernel });
    expect(
      kernel.children.map(({ request: { directory, umask, environment } }) => [
        directory,
        umask,
        environment['A'],
      ]),
    ).toEqual([
      ['/tmp', 0o77, '1'],
      ['/', 0o27, '1'],
    ]);
  });

  test('an error tells its place', async () => {
    const error: unknown = await Supervisor.fromText('[supervisord]\n[program:x]\nnumprocs=a', {
      path: 'inline.conf',
    }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'ConfigError',
      file: 'inline.conf',
      line: 3,
      section: 'program:x',
      option: 'numprocs',
    });
    await expect(Supervisor.fromFile('/nonexistent.conf')).rejects.toThrow(
      'could not find config file /nonexistent.conf',
    );
  });
});

describe('events', () => {
  test('are heard until the listener is cancelled, or its signal fires', async () => {
    const { supervisor, clock, kernel } = await guest();
    const heard: string[] = [];
    const stop = new AbortController();
    const cancel = supervisor.on('PROCESS_STATE', ({ type }) => heard.push(`a ${type}`));
    supervisor.on(['PROCESS_STATE'], ({ type }) => heard.push(`b ${type}`), stop);
    supervisor.on('EVENT', () => heard.push('never'), { signal: AbortSignal.abort() });
    clock.advance(1000);
    cancel();
    stop.abort();
    kernel.end(supervisor.process('web').pid, 0);
    expect(heard).toEqual(['a PROCESS_STATE_RUNNING', 'b PROCESS_STATE_RUNNING']);
  });

  test('can be awaited, one by one', async () => {
    const { supervisor, clock } = await guest();
    const running = supervisor.once('PROCESS_STATE_RUNNING');
    const tick = supervisor.once('TICK');
    clock.advance(5000);
    expect((await running).process.name).toBe('web');
    expect((await tick).type).toBe('TICK_5');
    await expect(supervisor.once('EVENT', { signal: AbortSignal.abort() })).rejects.toThrow(
      'aborted',
    );
  });

  test('that cannot come any more are told as such', async () => {
    const { supervisor, kernel } = await guest();
    const fatal = supervisor.once('PROCESS_STATE_FATAL');
    const states: string[] = [];
    const stream = supervisor.stream('PROCESS_STATE');
    const down = supervisor.shutdown();
    kernel.end(kernel.child().pid, 15);
    await down;
    await expect(fatal).rejects.toThrow('there will be no PROCESS_STATE_FATAL any more');
    for await (const { type } of stream) states.push(type);
    expect(states).toEqual(['PROCESS_STATE_STOPPING', 'PROCESS_STATE_STOPPED']);
    for await (const _event of supervisor.stream('EVENT')) throw new Error('none can come');
  });

  test('of a stream that is not read are bounded', async () => {
    const { supervisor } = await guest();
    const missed: number[] = [];
    const stream = supervisor.stream('REMOTE_COMMUNICATION', {
      maxBuffered: 2,
      missed: (count) => missed.push(count),
    });
    for (const data of ['1', '2', '3']) {
      supervisor.events.emit({ type: 'REMOTE_COMMUNICATION', kind: 'k', data });
    }
    expect((await stream.next()).value).toMatchObject({ data: '2' });
    expect(missed).toEqual([1]);
  });
});

describe('the end', () => {
  test('holds nothing any more, and keeps nobody alive', async () => {
    const { supervisor, clock, kernel } = await guest();
    supervisor.on('TICK_5', () => undefined);
    expect(kernel.isKeptAlive).toBe(true);
    const down = supervisor.shutdown();
    kernel.end(kernel.child().pid, 15);
    expect(kernel.isKeptAlive).toBe(false);
    await down;
    expect(clock.pending).toBe(0);
    expect([...kernel.openFds]).toEqual([]);
    expect(supervisor.state).toBe('SHUTDOWN');
    expect(() => supervisor.addProgram('late', sh)).toThrow('SHUTDOWN_STATE');
    await expect(supervisor.process('web').start()).rejects.toThrow('SHUTDOWN_STATE');
    await supervisor.shutdown();
    await supervisor[Symbol.asyncDispose]();
  });

  test.each(['timeout', 'signal'])('by its %s what is left is killed', async (how) => {
    const { supervisor, clock, kernel } = await guest({ stopWaitSeconds: 600 });
    clock.advance(1000);
    const stop = new AbortController();
    const down = supervisor.shutdown(
      how === 'timeout' ? { timeoutSeconds: 3 } : { signal: stop.signal },
    );
    clock.advance(2999);
    expect(kernel.child().signals).toEqual([15]);
    clock.advance(1);
    stop.abort();
    expect(kernel.child().signals).toEqual([15, 9]);
    kernel.end(kernel.child().pid, 9);
    await down;
    expect(clock.pending).toBe(0);
  });

  test('comes when the signal of the supervisor fires', async () => {
    const stop = new AbortController();
    const { supervisor, kernel } = await guest({}, { signal: stop.signal });
    stop.abort();
    kernel.end(kernel.child().pid, 15);
    await supervisor.shutdown();
    await expect(guest({}, { signal: stop.signal })).rejects.toThrow('aborted');
  });

  test('of the program around: children are asked to stop, unless they are to be left', async () => {
    const [asked, left] = [await guest(), await guest({}, { stopOnExit: false })];
    for (const { kernel } of [asked, left]) kernel.exit();
    expect([asked, left].map(({ kernel }) => kernel.child().signals)).toEqual([[15], []]);
  });
});

test('lines of the main log go to a logger, from info on', async () => {
  const lines: string[] = [];
  const logger = { log: (level: string, text: string) => void lines.push(`${level} ${text}`) };
  await guest({}, { logger });
  expect(lines).toEqual(["info spawned: 'web' with pid 1001"]);
});

test('what nobody awaits any more does not end the program at the end', async () => {
  const { supervisor, kernel } = await guest();
  const left = [supervisor.once('PROCESS_STATE_FATAL'), supervisor.process('web').waitFor('FATAL')];
  const unhandled: unknown[] = [];
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  const down = supervisor.shutdown();
  kernel.end(kernel.child().pid, 15);
  await down;
  await new Promise(setImmediate);
  process.removeAllListeners('unhandledRejection');
  expect(unhandled).toEqual([]);
  await expect(Promise.all(left)).rejects.toThrow('any more');
});
