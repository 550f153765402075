import { EventEmitter } from 'node:events';

import { expect, test } from '@jest/globals';

import { Signals } from '../src/signals.ts';

test('a signal that came before anybody could act on it is delivered, in order', () => {
  const source = new EventEmitter();
  const signals = new Signals(source);
  source.emit('SIGHUP');
  source.emit('SIGTERM');
  const received: string[] = [];
  signals.deliverTo((signal, meaning) => received.push(`${signal} ${meaning}`));
  source.emit('SIGUSR2');
  expect(received).toEqual(['SIGHUP restart', 'SIGTERM exit', 'SIGUSR2 reopen-logs']);
});

test('signals that come while they are held are delivered once, to the next receiver', () => {
  const source = new EventEmitter();
  const signals = new Signals(source);
  const first: string[] = [];
  const second: string[] = [];
  signals.deliverTo((signal) => first.push(signal));
  signals.hold();
  source.emit('SIGTERM');
  source.emit('SIGTERM');
  signals.deliverTo((signal) => second.push(signal));
  expect({ first, second }).toEqual({ first: [], second: ['SIGTERM'] });
});

test('SIGUSR1 is left with its default action, SIGXFSZ is caught', () => {
  const source = new EventEmitter();
  expect(new Signals(source)).toBeDefined();
  expect(source.listenerCount('SIGUSR1')).toBe(0);
  expect(source.listenerCount('SIGXFSZ')).toBe(1);
});
