import { EventEmitter } from 'node:events';

import { expect, test } from '@jest/globals';

import { RecordingLogger } from '@tsvisor/core/testing';

import { live, type Engine, type Mood } from '../src/life.ts';
import { restart } from '../src/restart.ts';
import { Signals } from '../src/signals.ts';

/** An engine whose programs have stopped when the test says so. */
class FakeEngine implements Engine {
  state = 'RUNNING';
  readonly calls: string[] = [];
  readonly #listeners = new Set<() => void>();
  allStopped: () => void = () => undefined;
  readonly #stopped = new Promise<void>((resolve) => {
    this.allStopped = resolve;
  });
  events = {
    subscribe: (_name: string, listener: () => void) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
  };

  run(): void {
    this.calls.push('run');
  }

  reap(): void {
    this.calls.push('reap');
  }

  reopenLogs(): void {
    this.calls.push('reopenLogs');
  }

  hurry(): void {
    this.calls.push('hurry');
  }

  shutdown(mood: Mood): Promise<void> {
    if (this.state === 'RUNNING') {
      this.state = mood;
      for (const listener of this.#listeners) listener();
    } else if (mood === 'SHUTDOWN') {
      this.state = mood;
    }
    return this.#stopped;
  }
}

class FakeLog extends RecordingLogger {
  reopen(): void {
    this.lines.push('(reopened)');
  }
}

/** A life under way, its signals in the test's hand. */
function begin(): { engine: FakeEngine; log: FakeLog; source: EventEmitter; mood: Promise<Mood> } {
  const source = new EventEmitter();
  const engine = new FakeEngine();
  const log = new FakeLog();
  return { engine, log, source, mood: live(engine, log, new Signals(source)) };
}

async function running(): Promise<ReturnType<typeof begin>> {
  const life = begin();
  while (!life.engine.calls.includes('reap')) await new Promise(setImmediate);
  return life;
}

test.each(['SIGTERM', 'SIGINT', 'SIGQUIT'])(
  '%s ends the daemon, and is told each time',
  async (signal) => {
    const { engine, log, source, mood } = await running();
    source.emit(signal);
    source.emit(signal);
    engine.allStopped();
    expect(await mood).toBe('SHUTDOWN');
    const line = `warn received ${signal} indicating exit request`;
    expect(log.lines).toEqual([line, line]);
  },
);

test('HUP restarts it', async () => {
  const { engine, log, source, mood } = await running();
  source.emit('SIGHUP');
  engine.allStopped();
  expect(await mood).toBe('RESTARTING');
  expect(log.lines).toEqual(['warn received SIGHUP indicating restart request']);
});

test('TERM while it restarts turns the restart into a shutdown', async () => {
  const { engine, source, mood } = await running();
  source.emit('SIGHUP');
  source.emit('SIGTERM');
  engine.allStopped();
  expect(await mood).toBe('SHUTDOWN');
});

test('HUP while it shuts down is ignored', async () => {
  const { engine, log, source, mood } = await running();
  source.emit('SIGTERM');
  source.emit('SIGHUP');
  engine.allStopped();
  expect(await mood).toBe('SHUTDOWN');
  expect(log.lines[1]).toBe(
    'warn ignored SIGHUP indicating restart request (shutdown in progress)',
  );
});

test('a restart that a client asked for ends the life too', async () => {
  const { engine, mood } = await running();
  void engine.shutdown('RESTARTING');
  engine.allStopped();
  expect(await mood).toBe('RESTARTING');
});

test('USR2 reopens the logs, and says so in the old one', async () => {
  const { engine, log, source } = await running();
  source.emit('SIGUSR2');
  expect(log.lines).toEqual([
    'info received SIGUSR2 indicating log reopen request',
    'info supervisord logreopen',
    '(reopened)',
  ]);
  expect(engine.calls).toContain('reopenLogs');
});

test('CHLD collects the dead before its line is written', async () => {
  const { engine, log, source } = await running();
  engine.calls.length = 0;
  source.emit('SIGCHLD');
  expect(engine.calls).toEqual(['reap']);
  expect(log.lines).toEqual(['debug received SIGCHLD indicating a child quit']);
});

test('while it shuts down the dead are collected together, a moment later', async () => {
  const { engine, source } = await running();
  source.emit('SIGTERM');
  engine.calls.length = 0;
  source.emit('SIGCHLD');
  source.emit('SIGCHLD');
  expect(engine.calls).toEqual([]);
  while (engine.calls.length === 0) await new Promise(setImmediate);
  expect(engine.calls).toEqual(['reap']);
  source.emit('SIGCHLD');
  while (engine.calls.length === 1) await new Promise(setImmediate);
});

test('of the dead that come after its end it collects none', async () => {
  const { engine, source, mood } = await running();
  source.emit('SIGTERM');
  engine.calls.length = 0;
  source.emit('SIGCHLD');
  engine.allStopped();
  await mood;
  let isLater = false;
  setTimeout(() => (isLater = true), 20);
  while (!isLater) await new Promise(setImmediate);
  expect(engine.calls).toEqual([]);
});

test('after a TERM that came during the start nothing is started', async () => {
  const { engine, source, mood } = begin();
  source.emit('SIGTERM');
  engine.allStopped();
  expect(await mood).toBe('SHUTDOWN');
  expect(engine.calls).not.toContain('run');
});

test('a second TERM hurries the shutdown', async () => {
  const { engine, source, mood } = await running();
  source.emit('SIGTERM');
  expect(engine.calls).not.toContain('hurry');
  source.emit('SIGTERM');
  expect(engine.calls).toContain('hurry');
  engine.allStopped();
  expect(await mood).toBe('SHUTDOWN');
});

test('HUP leaves alone what would not come up again, and says why', async () => {
  const engine = new FakeEngine();
  const log = new FakeLog();
  const source = new EventEmitter();
  const unreadable = (): never => {
    throw new Error('no such file');
  };
  const nothing = (): Promise<void> => Promise.resolve();
  void live(engine, log, new Signals(source), nothing, () => restart(engine, unreadable, log));
  while (!engine.calls.includes('reap')) await new Promise(setImmediate);
  source.emit('SIGHUP');
  expect(engine.state).toBe('RUNNING');
  expect(log.lines).toEqual([
    'warn received SIGHUP indicating restart request',
    'critical not restarting, the configuration cannot be used: no such file',
  ]);
  // What is on its way already stays so.
  void engine.shutdown('SHUTDOWN');
  restart(engine, unreadable, log);
  expect(log.lines).toHaveLength(2);
});
