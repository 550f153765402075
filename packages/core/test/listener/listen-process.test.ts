import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { EventBus } from '../../src/events/bus.ts';
import { EventPool } from '../../src/events/pool.ts';
import { Serials } from '../../src/events/serials.ts';
import { RecordingLogger } from '../../src/testing/index.ts';
import { ChildListener } from './child-listener.ts';

let bus: EventBus;
let logger: RecordingLogger;
let pool: EventPool<ChildListener>;
let listener: ChildListener;

beforeEach(() => {
  bus = new EventBus((error) => {
    throw error;
  });
  logger = new RecordingLogger();
  listener = new ChildListener('obedient.ts', (chunk) => pool.received(listener, chunk));
  pool = new EventPool({
    name: 'l',
    events: ['REMOTE_COMMUNICATION'],
    bufferSize: 10_000,
    members: [listener],
    server: 'supervisor',
    bus,
    serials: new Serials(),
    logger,
  });
});
afterEach(async () => {
  pool.close();
  listener.child.kill('SIGKILL');
  await listener.ended();
});

const tell = (kind: string, data = ''): void =>
  bus.emit({ type: 'REMOTE_COMMUNICATION', kind, data });
const warnings = (): string[] => logger.lines.filter((line) => line.startsWith('warn'));

test('takes events one after another, whatever characters they are made of', async () => {
  const texts = Array.from({ length: 500 }, (_, n) => `${n} é€😀`.repeat(1 + (n % 50)));
  for (const text of texts) tell('take', text);
  tell('take', 'last');
  await listener.said('took last');
  expect(listener.reports).toEqual([...texts, 'last'].map((text) => `took ${text}`));
  expect([pool.buffered, warnings()]).toEqual([0, []]);
});

test('an event far larger than a pipe arrives whole', async () => {
  tell('take', '€'.repeat(1_000_000));
  tell('take', 'last');
  await listener.said('took last');
  // Not compared as texts: jest would print them.
  expect(listener.reports[0] === `took ${'€'.repeat(1_000_000)}`).toBe(true);
});

test('what console prints goes to stderr, and does not break the protocol', async () => {
  tell('print', 'hello');
  tell('take', 'more');
  await listener.said('took more');
  expect(listener.reports).toEqual(['hello', 'took more']);
  expect(warnings()).toEqual([]);
});

test('what the handler throws is answered with FAIL, and the event comes again', async () => {
  tell('refuse-twice', 'it');
  tell('take', 'next');
  await listener.said('took next');
  expect(listener.reports).toEqual(['failed: not yet', 'failed: not yet', 'took it', 'took next']);
  expect(warnings()).toEqual(Array(2).fill('warn child: event was rejected'));
});

test('a result of its own is announced with its length in bytes', async () => {
  tell('answer', 'é€😀');
  tell('take', 'next');
  // The default result handler takes nothing but OK, so that it would come for ever.
  while (warnings().length < 3) await new Promise(setImmediate);
  expect(pool.listenerState(listener)).not.toBe('UNKNOWN');
});

test('when told to stop it finishes and answers the event in hand, and takes no other', async () => {
  tell('work');
  tell('take', 'never');
  await listener.said('at work');
  listener.child.kill('SIGTERM');
  expect(await listener.ended()).toBe(0);
  expect(listener.reports).toEqual(['at work', 'work done', 'end']);
  expect(pool.listenerState(listener)).toBe('ACKNOWLEDGED');
  expect([pool.buffered, warnings()]).toEqual([1, []]);
});

test('when told to stop while it waits it ends at once', async () => {
  tell('take', 'one');
  await listener.said('took one');
  listener.child.kill('SIGTERM');
  expect(await listener.ended()).toBe(0);
  expect(listener.reports).toEqual(['took one', 'end']);
});

test('it ends when the supervisor closes the pipe', async () => {
  tell('take', 'one');
  await listener.said('took one');
  listener.child.stdin.end();
  expect(await listener.ended()).toBe(0);
  expect(listener.reports).toEqual(['took one', 'end']);
});
