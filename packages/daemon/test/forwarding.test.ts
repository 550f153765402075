import { EventEmitter } from 'node:events';

import { expect, test } from '@jest/globals';

import type { Process } from '@tsvisor/core';
import { RecordingLogger } from '@tsvisor/core/testing';

import { forwardSignals } from '../src/forwarding.ts';

const SIGUSR1 = 10;

function forward(signal: (signal: number) => void) {
  const source = new EventEmitter();
  const logger = new RecordingLogger();
  const process = { signal } as Process;
  const supervisor = { find: () => [process] };
  const end = forwardSignals([{ signal: SIGUSR1, process: 'web:web' }], source, supervisor, logger);
  return { source, logger, end };
}

test('a signal goes to the program that is named', () => {
  const sent: number[] = [];
  const { source, logger, end } = forward((signal) => void sent.push(signal));
  source.emit('SIGUSR1');
  expect(sent).toEqual([SIGUSR1]);
  expect(logger.lines).toEqual(['info received SIGUSR1, passed on to web:web']);
  end();
  source.emit('SIGUSR1');
  expect(sent).toEqual([SIGUSR1]);
});

test('one for a program that does not run is told and dropped', () => {
  const { source, logger } = forward(() => {
    throw new Error('NOT_RUNNING: web');
  });
  source.emit('SIGUSR1');
  expect(logger.lines).toEqual([
    'warn received SIGUSR1, cannot pass it on to web:web: NOT_RUNNING: web',
  ]);
});
