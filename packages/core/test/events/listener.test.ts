import { expect, test } from '@jest/globals';

import {
  exited,
  freshListener,
  MAX_ANSWER_BYTES,
  received,
  sent,
} from '../../src/events/listener.ts';
import type {
  Judge,
  ListenerEffect,
  ListenerFacts,
  ListenerState,
} from '../../src/events/listener.ts';
import { listenerLine } from '../../src/events/sayings.ts';

const exactlyOk: Judge = (result) => (result.toString() === 'OK' ? 'processed' : 'rejected');
const failing: Judge = () => 'caused-an-error';

const unknown =
  'warn p: has entered the UNKNOWN state and will no longer receive events, ' +
  'this usually indicates the process violated the eventlistener protocol';

const shown = (effect: ListenerEffect): string =>
  effect.type === 'say' ? listenerLine(effect.what, 'p').join(' ') : effect.type;

/** Feeds chunks; gives the state it ends in and everything that came of it. */
function feed(
  from: ListenerFacts,
  chunks: readonly (string | Buffer)[],
  judge: Judge = exactlyOk,
): [ListenerState, string[]] {
  const effects: string[] = [];
  let facts = from;
  for (const chunk of chunks) {
    const step = received(facts, Buffer.from(chunk), judge);
    facts = step[0];
    effects.push(...step[1].map(shown));
  }
  return [facts.state, effects];
}

const ready = received(freshListener, Buffer.from('READY\n'), exactlyOk)[0];
const states: Record<ListenerState, ListenerFacts> = {
  ACKNOWLEDGED: freshListener,
  READY: ready,
  BUSY: sent(ready),
  UNKNOWN: received(ready, Buffer.from('x'), exactlyOk)[0],
};

const ackToReady = 'debug p: ACKNOWLEDGED -> READY';
const ackToUnknown = ['debug p: ACKNOWLEDGED -> UNKNOWN', unknown];
const readyToUnknown = ['debug p: READY -> UNKNOWN', unknown];
const busyToAck = 'debug p: BUSY -> ACKNOWLEDGED';
const busyToUnknown = ['debug p: BUSY -> UNKNOWN', unknown];
const processed = ['debug p: event was processed', busyToAck, 'forget'];
const rejected = ['warn p: event was rejected', busyToAck, 'requeue'];
const badLine = (line: string): string[] => [
  `warn p: bad result line: '${line}'`,
  ...busyToUnknown,
  'requeue',
];

const table: readonly [ListenerState, string, ListenerState, string[]][] = [
  ['ACKNOWLEDGED', '', 'ACKNOWLEDGED', []],
  ['ACKNOWLEDGED', 'READY', 'ACKNOWLEDGED', []],
  ['ACKNOWLEDGED', 'HELLO', 'ACKNOWLEDGED', []],
  ['ACKNOWLEDGED', 'READY\n', 'READY', [ackToReady]],
  ['ACKNOWLEDGED', 'ready\n', 'UNKNOWN', ackToUnknown],
  ['ACKNOWLEDGED', '\nREADY\n', 'UNKNOWN', ackToUnknown],
  ['ACKNOWLEDGED', 'READY\r\n', 'UNKNOWN', ackToUnknown],
  ['ACKNOWLEDGED', 'RESULT 2\nOK', 'UNKNOWN', ackToUnknown],
  ['ACKNOWLEDGED', 'READY\nREADY\n', 'UNKNOWN', [ackToReady, ...readyToUnknown]],
  ['READY', '', 'READY', []],
  ['READY', 'READY\n', 'UNKNOWN', readyToUnknown],
  ['READY', 'RESULT 2\nOK', 'UNKNOWN', readyToUnknown],
  ['READY', '\n', 'UNKNOWN', readyToUnknown],
  ['BUSY', '', 'BUSY', []],
  ['BUSY', 'RESULT 2', 'BUSY', []],
  ['BUSY', 'RESULT 2\n', 'BUSY', []],
  ['BUSY', 'RESULT 2\nO', 'BUSY', []],
  ['BUSY', 'RESULT 2\nOK', 'ACKNOWLEDGED', processed],
  ['BUSY', 'FOOBAR 2\nOK', 'ACKNOWLEDGED', processed],
  ['BUSY', 'RESULT +0_2 \r\nOK', 'ACKNOWLEDGED', processed],
  ['BUSY', 'RESULT 4\nFAIL', 'ACKNOWLEDGED', rejected],
  ['BUSY', 'RESULT 3\nOK\n', 'ACKNOWLEDGED', rejected],
  ['BUSY', 'RESULT 2\nok', 'ACKNOWLEDGED', rejected],
  ['BUSY', 'RESULT 0\n', 'ACKNOWLEDGED', rejected],
  ['BUSY', 'RESULT 2\nOKREADY\n', 'READY', [...processed, ackToReady]],
  ['BUSY', 'RESULT 0\nREADY\n', 'READY', [...rejected, ackToReady]],
  ['BUSY', 'RESULT 2\nOK\n', 'ACKNOWLEDGED', processed],
  ['BUSY', 'RESULT 2\nOK\nREADY\n', 'UNKNOWN', [...processed, ...ackToUnknown]],
  ['BUSY', 'RESULT two\nOK', 'UNKNOWN', badLine('RESULT two')],
  ['BUSY', 'RESULT -1\nOK', 'UNKNOWN', badLine('RESULT -1')],
  ['BUSY', '\n', 'UNKNOWN', badLine('')],
  ['BUSY', 'READY\nREADY\n', 'UNKNOWN', badLine('READY')],
  ['BUSY', 'RESULT é\n', 'UNKNOWN', badLine('RESULT é')],
  ['UNKNOWN', '', 'UNKNOWN', []],
  ['UNKNOWN', 'READY\n', 'UNKNOWN', []],
  ['UNKNOWN', 'RESULT 2\nOK', 'UNKNOWN', []],
  ['UNKNOWN', 'x', 'UNKNOWN', []],
];

test.each(table)('%s given %j becomes %s', (state, output, next, effects) => {
  expect(feed(states[state], [output])).toEqual([next, effects]);
});

test.each(table)(
  '%s given %j becomes the same however the bytes are cut',
  (state, output, next, effects) => {
    const bytes = Buffer.from(output);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const parts = [bytes.subarray(0, cut), bytes.subarray(cut)];
      expect(feed(states[state], parts)).toEqual([next, effects]);
    }
    const single = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(feed(states[state], single)).toEqual([next, effects]);
  },
);

test('a bad line that is not UTF-8 is shown as a Python literal', () => {
  const line = Buffer.from('RESULT \xff\n', 'latin1');
  expect(feed(states.BUSY, [line])).toEqual(['UNKNOWN', badLine("Undecodable: b'RESULT \\xff'")]);
});

test('a result handler that fails costs the listener its events, and the event goes back', () => {
  expect(feed(states.BUSY, ['RESULT 2\nOKREADY\n'], failing)).toEqual([
    'UNKNOWN',
    ['warn p: event caused an error', ...busyToUnknown, 'requeue'],
  ]);
});

test('the result handler gets exactly the bytes of the result', () => {
  const results: string[] = [];
  const judge: Judge = (result) => {
    results.push(result.toString());
    return 'processed';
  };
  feed(states.BUSY, ['RESULT 5\na', 'b\n', 'cdREADY\n'], judge);
  feed(states.BUSY, ['RESULT 0\n'], judge);
  expect(results).toEqual(['ab\ncd', '']);
});

test('a result line without an end is given up, and shown cut', () => {
  const endless = Buffer.alloc(MAX_ANSWER_BYTES + 1, 'x');
  expect(feed(states.BUSY, [endless.subarray(1)])).toEqual(['BUSY', []]);
  expect(feed(states.BUSY, [endless])).toEqual(['UNKNOWN', badLine('x'.repeat(200))]);
});

test.each([
  ['in one piece', (line: string) => [`${line}\nOK`]],
  ['in two', (line: string) => [line, '\nOK']],
])('a result line that ends behind what is kept of it is a bad one, %s', (_how, cut) => {
  const line = `RESULT ${'0'.repeat(MAX_ANSWER_BYTES)}2`;
  expect(feed(states.BUSY, cut(line))).toEqual(['UNKNOWN', badLine(line.slice(0, 200))]);
});

test('a result that is too long to keep is counted off and rejected', () => {
  const length = MAX_ANSWER_BYTES * 3;
  const chunk = Buffer.alloc(MAX_ANSWER_BYTES, 'x');
  const unjudged: Judge = () => 'processed';
  let facts = received(states.BUSY, Buffer.from(`RESULT ${length}\n`), unjudged)[0];
  for (let n = 0; n < 2; n++) {
    facts = received(facts, chunk, unjudged)[0];
    expect([facts.state, facts.input.length]).toEqual(['BUSY', 0]);
  }
  const rest = Buffer.concat([chunk, Buffer.from('READY\n')]);
  expect(feed(facts, [rest], unjudged)).toEqual(['READY', [...rejected, ackToReady]]);
});

test('the chunk is not kept: its memory may be used again', () => {
  const chunk = Buffer.from('READ');
  const facts = received(freshListener, chunk, exactlyOk)[0];
  chunk.fill('x');
  expect(feed(facts, ['Y\n'])[0]).toBe('READY');
});

test.each([
  ['ACKNOWLEDGED', []],
  ['READY', []],
  ['BUSY', ['requeue']],
  ['UNKNOWN', []],
] as const)('a listener that exits while %s', (state, effects) => {
  const [next, done] = exited(states[state]);
  expect([next, done.map(shown)]).toEqual([freshListener, effects]);
});
