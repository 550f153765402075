import { expect, test } from '@jest/globals';

import { RejectEvent } from '../../src/events/result-handlers.ts';
import { FakeMember, PoolSetup, say } from './pool-setup.ts';

const READY = 'READY\n';
const OK = 'RESULT 2\nOK';
const FAIL = 'RESULT 4\nFAIL';

test('an event goes to a listener that is RUNNING and READY', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  say(pool, a, READY);
  setup.emit('web');
  setup.turn();
  expect(a.sent).toEqual([
    'ver:3.0 server:supervisor serial:0 pool:l poolserial:0 eventname:PROCESS_GROUP_ADDED len:14\ngroupname:web\n',
  ]);
  say(pool, a, OK);
  expect(setup.logger.take()).toEqual([
    'debug a: ACKNOWLEDGED -> READY',
    'debug event 0 sent to listener a',
    'debug a: event was processed',
    'debug a: BUSY -> ACKNOWLEDGED',
  ]);
  expect(pool.buffered).toBe(0);
});

test('READY said while STARTING counts once the process is RUNNING', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  a.running = false;
  const pool = setup.pool([a]);
  say(pool, a, READY);
  setup.emit('web');
  expect(setup.turn()).toBe(0);
  a.running = true;
  pool.mayTakeEvents();
  setup.turn();
  expect(a.groups).toEqual(['web']);
});

test('an event that arrives while nobody is free waits, and costs no turn of the event loop', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  setup.emit('web');
  expect(setup.turn()).toBe(0);
  say(pool, a, READY);
  setup.turn();
  expect(a.groups).toEqual(['web']);
});

test('a listener that says more right behind READY gets nothing', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  setup.emit('web');
  say(pool, a, 'READY\nmore to say');
  setup.turn();
  expect(a.sent).toEqual([]);
  expect(pool.listenerState(a)).toBe('UNKNOWN');
  expect(setup.unknown).toEqual(['a']);
  expect(pool.buffered).toBe(1);
});

test('events go to the first free process in pool order, not to the one that waits longest', () => {
  const setup = new PoolSetup();
  const [a, b] = [new FakeMember('a'), new FakeMember('b')];
  const pool = setup.pool([a, b]);
  say(pool, b, READY);
  say(pool, a, READY);
  setup.emit('1', '2', '3');
  setup.turn();
  say(pool, b, OK + READY);
  setup.turn();
  expect([a.groups, b.groups]).toEqual([['1'], ['2', '3']]);
});

test('an event for which nobody is left goes back to the front, with a line', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  say(pool, a, READY);
  setup.emit('1', '2', '3');
  setup.logger.take();
  setup.turn();
  expect(setup.logger.take()).toEqual([
    'debug event 0 sent to listener a',
    'debug rebuffering event 1 for pool l (buf size=1, max=10)',
  ]);
  expect(pool.buffered).toBe(2);
});

test('a full buffer drops its oldest event and says which', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a], { bufferSize: 3 });
  say(pool, a, READY);
  setup.emit('0');
  setup.turn();
  setup.logger.take();
  setup.emit('1', '2', '3', '4', '5');
  expect(setup.logger.take()).toEqual([
    'error pool l event buffer overflowed, discarding event 1',
    'error pool l event buffer overflowed, discarding event 2',
  ]);
  for (let n = 0; n < 4; n++) {
    say(pool, a, OK + READY);
    setup.turn();
  }
  expect(a.groups).toEqual(['0', '3', '4', '5']);
  expect([pool.discarded, pool.buffered]).toEqual([2, 0]);
});

test('nothing is dropped while a listener is free, though all events came in one burst', () => {
  const setup = new PoolSetup();
  const [a, b] = [new FakeMember('a'), new FakeMember('b')];
  const pool = setup.pool([a, b], { bufferSize: 1 });
  for (const member of [a, b]) say(pool, member, READY);
  setup.emit('1', '2', '3');
  setup.turn();
  expect([a.groups, b.groups, pool.buffered, pool.discarded]).toEqual([['1'], ['2'], 1, 0]);
});

test('a rejected event is sent again before all others, with its numbers', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  say(pool, a, READY);
  setup.emit('1');
  setup.turn();
  setup.emit('2');
  setup.logger.take();
  say(pool, a, FAIL + READY);
  setup.turn();
  expect(setup.logger.take()).toEqual([
    'warn a: event was rejected',
    'debug a: BUSY -> ACKNOWLEDGED',
    'debug rebuffering event 0 for pool l (buf size=1, max=10)',
    'debug a: ACKNOWLEDGED -> READY',
    'debug event 0 sent to listener a',
    'debug rebuffering event 1 for pool l (buf size=0, max=10)',
  ]);
  expect(a.sent[1]).toBe(a.sent[0]);
});

test('events that several processes reject come again in reverse order', () => {
  const setup = new PoolSetup();
  const [a, b] = [new FakeMember('a'), new FakeMember('b')];
  const pool = setup.pool([a, b]);
  for (const member of [a, b]) say(pool, member, READY);
  setup.emit('1', '2', '3');
  setup.turn();
  for (const member of [a, b]) say(pool, member, FAIL);
  for (let n = 0; n < 3; n++) {
    say(pool, a, n === 0 ? READY : OK + READY);
    setup.turn();
  }
  expect(a.groups).toEqual(['1', '2', '1', '3']);
});

test('a rejected event takes the place of the oldest if the buffer is full', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a], { bufferSize: 2 });
  say(pool, a, READY);
  setup.emit('0');
  setup.turn();
  setup.emit('1', '2');
  setup.logger.take();
  say(pool, a, FAIL);
  expect(setup.logger.take().slice(2)).toEqual([
    'debug rebuffering event 0 for pool l (buf size=2, max=2)',
    'error pool l event buffer overflowed, discarding event 1',
  ]);
  for (let n = 0; n < 3; n++) {
    say(pool, a, n === 0 ? READY : OK + READY);
    setup.turn();
  }
  expect(a.groups).toEqual(['0', '0', '2']);
  expect(pool.discarded).toBe(1);
});

test('a rejected event comes back to its own pool only', () => {
  const setup = new PoolSetup();
  const [a, b] = [new FakeMember('a'), new FakeMember('b')];
  const own = setup.pool([a], { name: 'own' });
  const other = setup.pool([b], { name: 'other', events: ['TICK'] });
  say(own, a, READY);
  say(other, b, READY);
  setup.emit('1');
  setup.turn();
  say(own, a, FAIL);
  setup.turn();
  expect([own.buffered, other.buffered, b.sent]).toEqual([1, 0, []]);
});

test('the event of a listener that exits while BUSY goes to another one', () => {
  const setup = new PoolSetup();
  const [a, b] = [new FakeMember('a'), new FakeMember('b')];
  const pool = setup.pool([a, b]);
  for (const member of [a, b]) say(pool, member, READY);
  setup.emit('1');
  setup.turn();
  setup.logger.take();
  a.running = false;
  pool.exited(a);
  expect(setup.logger.take()).toEqual([
    'debug rebuffering event 0 for pool l (buf size=0, max=10)',
  ]);
  setup.turn();
  expect(b.groups).toEqual(['1']);
});

test('a listener that is spawned again begins ACKNOWLEDGED, whatever was left of its output', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  say(pool, a, 'garbage');
  expect(pool.listenerState(a)).toBe('UNKNOWN');
  pool.exited(a);
  pool.spawned(a);
  say(pool, a, 'REA');
  pool.exited(a);
  pool.spawned(a);
  say(pool, a, READY);
  expect(pool.listenerState(a)).toBe('READY');
  expect(setup.unknown).toEqual(['a']);
});

test('a listener that closed its stdin is passed over and stays READY', () => {
  const setup = new PoolSetup();
  const [a, b] = [new FakeMember('a'), new FakeMember('b')];
  const pool = setup.pool([a, b]);
  for (const member of [a, b]) say(pool, member, READY);
  a.broken = true;
  setup.emit('1', '2');
  setup.logger.take();
  setup.turn();
  const epipe = (serial: number): string =>
    `debug epipe occurred while sending event ${serial} to listener a, listener state unchanged`;
  expect(setup.logger.take()).toEqual([
    epipe(0),
    'debug event 0 sent to listener b',
    epipe(1),
    'debug rebuffering event 1 for pool l (buf size=0, max=10)',
  ]);
  expect([pool.listenerState(a), b.groups, setup.turn()]).toEqual(['READY', ['1'], 0]);
});

test('a bad result line costs the listener its events, and another one gets the event', () => {
  const setup = new PoolSetup();
  const [a, b] = [new FakeMember('a'), new FakeMember('b')];
  const pool = setup.pool([a, b]);
  say(pool, a, READY);
  setup.emit('1');
  setup.turn();
  setup.logger.take();
  say(pool, b, READY);
  say(pool, a, 'RESULT two\nOK');
  setup.turn();
  expect(setup.logger.take()).toEqual([
    'debug b: ACKNOWLEDGED -> READY',
    "warn a: bad result line: 'RESULT two'",
    'debug a: BUSY -> UNKNOWN',
    'warn a: has entered the UNKNOWN state and will no longer receive events, this usually indicates the process violated the eventlistener protocol',
    'debug rebuffering event 0 for pool l (buf size=0, max=10)',
    'debug event 0 sent to listener b',
  ]);
  expect(b.groups).toEqual(['1']);
  expect(setup.unknown).toEqual(['a']);
});

test('serials count the events that a pool accepts, pool serials those of each pool', () => {
  const setup = new PoolSetup();
  const [a, b] = [new FakeMember('a'), new FakeMember('b')];
  const one = setup.pool([a], { name: 'one', events: ['EVENT'] });
  const two = setup.pool([b], { name: 'two', events: ['TICK'] });
  say(one, a, READY);
  say(two, b, READY);
  setup.emit('web');
  setup.bus.emit({ type: 'TICK_5', when: 5 });
  for (let n = 0; n < 2; n++) {
    setup.turn();
    say(one, a, OK + READY);
  }
  const numbers = (text: string): string | undefined => /serial:.*poolserial:\d+/.exec(text)?.[0];
  expect(a.sent.map(numbers)).toEqual([
    'serial:0 pool:one poolserial:0',
    'serial:1 pool:one poolserial:1',
  ]);
  expect(b.sent.map(numbers)).toEqual(['serial:1 pool:two poolserial:0']);
});

test('serials go on after the pools are made anew, pool serials begin again', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  setup.emit('nobody listens');
  const before = setup.pool([a]);
  setup.emit('1', '2');
  before.close();
  const after = setup.pool([a]);
  say(after, a, READY);
  setup.emit('3');
  setup.turn();
  expect(a.sent[0]).toContain('serial:2 pool:l poolserial:0 ');
});

test('a pool subscribed to overlapping names gets an event once', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a], { events: ['EVENT', 'PROCESS_GROUP', 'PROCESS_GROUP_ADDED'] });
  setup.emit('1');
  expect(pool.buffered).toBe(1);
});

test('a pool that is removed gets and sends nothing more', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  say(pool, a, READY);
  setup.emit('1', '2');
  pool.close();
  setup.emit('3');
  setup.turn();
  expect([a.sent, pool.buffered]).toEqual([[], 0]);
  pool.exited(a);
  expect(setup.logger.take()).toEqual(['debug a: ACKNOWLEDGED -> READY']);
});

test('what a listener of a removed pool worked on does not come back', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  say(pool, a, READY);
  setup.emit('1');
  setup.turn();
  pool.close();
  pool.exited(a);
  expect(pool.buffered).toBe(0);
});

test('a listener gets events until it is being stopped, and what is left then is lost silently', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a], { events: ['EVENT'] });
  say(pool, a, READY);
  setup.bus.emit({ type: 'SUPERVISOR_STATE_CHANGE_STOPPING' });
  setup.turn();
  expect(a.sent).toHaveLength(1);
  a.running = false;
  setup.emit('late');
  say(pool, a, OK + READY);
  setup.turn();
  setup.logger.take();
  pool.exited(a);
  pool.close();
  expect([a.sent.length, setup.logger.take()]).toEqual([1, []]);
});

test('a listener that is stopped at once does not see that everything stops', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a], { events: ['EVENT'] });
  say(pool, a, READY);
  setup.bus.emit({ type: 'SUPERVISOR_STATE_CHANGE_STOPPING' });
  a.running = false;
  setup.turn();
  expect(a.sent).toEqual([]);
});

test('a result handler of its own decides what counts as processed', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const seen: string[] = [];
  const pool = setup.pool([a], {
    resultHandler: (event, result) => {
      seen.push(`${event.type} ${result.toString()}`);
      if (result.equals(Buffer.from('no'))) throw new RejectEvent('no');
      if (result.equals(Buffer.from('??'))) throw new Error('what?');
    },
  });
  for (const [group, answer] of [
    ['1', 'RESULT 3\nyes'],
    ['2', 'RESULT 2\nno'],
  ] as const) {
    say(pool, a, READY);
    setup.emit(group);
    setup.turn();
    say(pool, a, answer);
  }
  expect(pool.buffered).toBe(1);
  say(pool, a, READY);
  setup.turn();
  say(pool, a, 'RESULT 2\n??');
  expect([pool.buffered, pool.listenerState(a)]).toEqual([1, 'UNKNOWN']);
  expect(seen).toEqual([
    'PROCESS_GROUP_ADDED yes',
    'PROCESS_GROUP_ADDED no',
    'PROCESS_GROUP_ADDED ??',
  ]);
});

test('a listener that rejects everything gets one event a turn, and no turn without an answer', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  say(pool, a, READY);
  setup.emit('1');
  for (let turn = 1; turn <= 1000; turn++) {
    expect(setup.turn()).toBe(1);
    expect(a.sent).toHaveLength(turn);
    say(pool, a, FAIL + READY);
  }
  setup.turn();
  expect(setup.turn()).toBe(0);
});

test('a listener that acknowledges without reading gets nothing more until it has read', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  const pool = setup.pool([a]);
  say(pool, a, READY);
  setup.emit('1', '2');
  setup.turn();
  a.clogged = true;
  say(pool, a, OK + READY);
  setup.turn();
  expect([a.groups, pool.buffered]).toEqual([['1'], 1]);
  a.clogged = false;
  pool.mayTakeEvents();
  setup.turn();
  expect([a.groups, pool.buffered]).toEqual([['1', '2'], 0]);
});

test('an answer is wanted soon where more events wait, and only there', () => {
  const setup = new PoolSetup();
  const a = new FakeMember('a');
  let hurried = 0;
  const pool = setup.pool([a], { hurry: () => (hurried += 1) });
  setup.emit('one', 'two');
  say(pool, a, READY);
  setup.turn();
  expect(hurried).toBe(1);
  say(pool, a, OK + READY);
  setup.turn();
  expect(a.groups).toEqual(['one', 'two']);
  expect(hurried).toBe(1);
});
