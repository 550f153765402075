import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { expect, test } from '@jest/globals';

import type { Line } from '../../../src/http/message.ts';
import { Conversation } from '../../../src/streams/socket/conversation.ts';
import { feedsOf } from '../../../src/streams/socket/feeds.ts';
import { FULL_BYTES } from '../../../src/streams/socket/outbox.ts';
import { channel, group, program, single } from '../../support/config.ts';
import { daemonOf } from '../../support/daemon.ts';
import type { FakeDaemon } from '../../support/daemon.ts';
import { folder } from '../../support/folder.ts';
import { waitFor } from '../../support/wait-for.ts';

type Told = Record<string, unknown>;

/** A client whose reading is in the test's hands. */
function talkTo(fake: FakeDaemon) {
  const told: Told[] = [];
  const line = { waitingBytes: 0, reads: true, isDeaf: false, hungUp: undefined as unknown };
  const { supervisor, mainLog, clock } = fake;
  const far: Line = {
    send(text) {
      told.push(JSON.parse(text) as Told);
      if (!line.reads) line.waitingBytes += text.length;
    },
    get waitingBytes() {
      return line.waitingBytes;
    },
    deafen: (isDeaf) => (line.isDeaf = isDeaf),
    hangUp: (code) => (line.hungUp = code),
  };
  const feeds = feedsOf(supervisor, clock);
  const talk = new Conversation(far, { supervisor, mainLog, feeds });
  return {
    line,
    told,
    talk,
    say: (message: unknown) =>
      talk.heard(typeof message === 'string' ? message : JSON.stringify(message)),
    /** What has been told since the last time. */
    news: () => told.splice(0),
    read: () => {
      line.waitingBytes = 0;
      talk.drained();
    },
    /** The client reads nothing, and its socket is full. */
    stall: () => {
      line.reads = false;
      line.waitingBytes = FULL_BYTES;
      talk.heard('{}');
      told.pop();
    },
  };
}

const subscribe = (id: unknown, to: string, more: object = {}): object => ({
  type: 'subscribe',
  id,
  to,
  ...more,
});

const event = (tries: number) =>
  ({
    type: 'PROCESS_STATE_BACKOFF',
    process: { name: 'web', group: 'web' },
    from: 'STARTING',
    tries,
  }) as const;

test.each([
  ['', null, 'INCORRECT_PARAMETERS'],
  ['{"type":', null, 'INCORRECT_PARAMETERS'],
  ['[]', null, 'INCORRECT_PARAMETERS'],
  ['null', null, 'INCORRECT_PARAMETERS'],
  [{ type: 'shutdown', id: 'a' }, 'a', 'UNKNOWN_METHOD'],
  [{ type: '__proto__', id: 1 }, null, 'UNKNOWN_METHOD'],
  [subscribe(1, 'states'), null, 'INCORRECT_PARAMETERS'],
  [subscribe(undefined, 'states'), null, 'INCORRECT_PARAMETERS'],
  [subscribe('', 'states'), null, 'INCORRECT_PARAMETERS'],
  [subscribe('x'.repeat(65), 'states'), null, 'INCORRECT_PARAMETERS'],
  [subscribe({}, 'states'), null, 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'toString'), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'states', { every: 1 }), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'usage', { every: 0 }), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'usage', { every: 1.5 }), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'events', { names: 'TICK' }), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'events', { names: ['BOGUS'] }), 'a', 'BAD_NAME'],
  [subscribe('a', 'log'), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'log', { process: 'nobody' }), 'a', 'BAD_NAME'],
  [subscribe('a', 'log', { process: 'web:*' }), 'a', 'BAD_NAME'],
  [subscribe('a', 'log', { process: 'web', channel: 'stdin' }), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'log', { process: 'web', backlog: 2 ** 20 + 1 }), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'log', { process: 'web', offset: -1 }), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'mainlog', { offset: 1, backlog: 1 }), 'a', 'INCORRECT_PARAMETERS'],
  [subscribe('a', 'log', { process: 'web' }), 'a', 'NO_FILE'],
  [subscribe('a', 'mainlog'), 'a', 'NO_FILE'],
  [{ type: 'unsubscribe', id: 'a' }, 'a', 'BAD_NAME'],
])('%j is refused', (message, id, fault) => {
  const none = channel({ logfile: { to: 'none' } });
  const { say, news } = talkTo(daemonOf([single('web', { stdout: none })]));
  say(message);
  expect(news()).toEqual([
    { type: 'error', id, fault, code: expect.any(Number), message: expect.any(String) },
  ]);
});

test('an id is used once at a time, and a subscription ended once', () => {
  const { say, news } = talkTo(daemonOf([single('web')]));
  say(subscribe('a"\u2028', 'events'));
  say(subscribe('a"\u2028', 'states'));
  say({ type: 'unsubscribe', id: 'a"\u2028' });
  say({ type: 'unsubscribe', id: 'a"\u2028' });
  expect(news()).toMatchObject([
    { type: 'subscribed', id: 'a"\u2028' },
    { type: 'error', id: 'a"\u2028', fault: 'BAD_ARGUMENTS' },
    { type: 'error', id: 'a"\u2028', fault: 'BAD_NAME' },
  ]);
});

test('the 101st subscription is refused', () => {
  const { say, news } = talkTo(daemonOf([]));
  for (let n = 1; n <= 101; n++) say(subscribe(String(n), 'events'));
  expect(news().filter(({ type }) => type !== 'subscribed')).toMatchObject([
    { type: 'error', id: '101', fault: 'BAD_ARGUMENTS' },
  ]);
});

test('a client that only says what cannot be followed is hung up on', () => {
  const { say, line, told } = talkTo(daemonOf([]));
  for (let n = 0; n < 200; n++) say('nonsense');
  expect(line.hungUp).toBe(1008);
  expect(told).toHaveLength(100);
});

test('a client that does not read is not heard, and what waits for it is bounded', () => {
  const { say, line, stall, news, read } = talkTo(daemonOf([]));
  stall();
  for (let n = 0; n < 50; n++) say(subscribe(String(n), 'events'));
  expect([news(), line.isDeaf]).toEqual([[], true]);
  line.reads = true;
  read();
  expect([news().length, line.isDeaf]).toEqual([50, false]);
});

test('each change of a state is told, with the pid it has by then', async () => {
  const fake = daemonOf([single('web'), single('db')]);
  const { say, news } = talkTo(fake);
  say(subscribe('s', 'states'));
  expect(news()).toMatchObject([
    { type: 'subscribed', id: 's' },
    { type: 'states', id: 's', supervisor: { state: 'RUNNING' }, processes: [{}, {}] },
  ]);
  const [web] = fake.supervisor.find('web');
  web!.beginStart();
  await turn();
  const [{ process } = { process: null }] = news();
  expect(process).toMatchObject({ namespec: 'web', state: 'STARTING', pid: web!.pid });
  fake.clock.advance(1000);
  await turn();
  expect(news()).toMatchObject([{ type: 'state', process: { state: 'RUNNING' } }]);
});

test('processes and groups that come and go are told', async () => {
  const fake = daemonOf([group('g', [program('a')])]);
  const { say, news } = talkTo(fake);
  say(subscribe('s', 'states'));
  news();
  fake.supervisor.addProcesses('g', [program('b')]);
  await turn();
  expect(news()).toMatchObject([{ type: 'state', id: 's', process: { namespec: 'g:b' } }]);
  fake.supervisor.removeProcess('g', 'b');
  await turn();
  expect(news()).toEqual([{ type: 'removed', id: 's', process: 'g:b' }]);
  fake.supervisor.removeGroup('g');
  fake.supervisor.createGroup(single('new'));
  await turn();
  expect(news()).toMatchObject([
    { type: 'removed', process: 'g:a' },
    { type: 'state', process: { namespec: 'new', state: 'STOPPED' } },
  ]);
});

test('a shutdown is told', async () => {
  const fake = daemonOf([]);
  const { say, news } = talkTo(fake);
  say(subscribe('s', 'states'));
  news();
  void fake.supervisor.shutdown();
  await turn();
  expect(news()).toEqual([{ type: 'supervisor', id: 's', state: 'SHUTDOWN' }]);
});

test('of states a slow client gets the newest of each process', async () => {
  const fake = daemonOf([single('web'), single('db')]);
  const { say, news, stall, read } = talkTo(fake);
  say(subscribe('s', 'states'));
  stall();
  news();
  fake.supervisor.find('web')[0]!.beginStart();
  await turn();
  fake.supervisor.find('db')[0]!.beginStart();
  await turn();
  fake.clock.advance(1000);
  await turn();
  fake.supervisor.find('web')[0]!.beginStop();
  await turn();
  expect(news()).toEqual([]);
  read();
  expect(news()).toMatchObject([
    { process: { namespec: 'db', state: 'RUNNING' } },
    { process: { namespec: 'web', state: 'STOPPING' } },
  ]);
});

test('events that a slow client misses are counted, in their place', () => {
  const fake = daemonOf([]);
  const { say, news, stall, read, line } = talkTo(fake);
  say(subscribe('e', 'events'));
  stall();
  news();
  for (let n = 0; n < 1500; n++) fake.supervisor.events.emit(event(n));
  line.reads = true;
  read();
  fake.supervisor.events.emit(event(1500));
  const told = news();
  expect(told).toHaveLength(1002);
  expect(told.slice(-3)).toMatchObject([
    { payload: expect.stringContaining('tries:999') },
    { type: 'missed', id: 'e', messages: 500 },
    { payload: expect.stringContaining('tries:1500') },
  ]);
});

test('what is used is told at once and then by one timer, which ends with the last subscription', () => {
  const fake = daemonOf([single('web')]);
  const one = talkTo(fake);
  const other = talkTo(fake);
  one.say(subscribe('u', 'usage', { every: 5 }));
  other.say(subscribe('u', 'usage', { every: 5 }));
  expect(one.news()).toMatchObject([{ type: 'subscribed' }, { type: 'usage', processes: [] }]);
  other.news();
  fake.clock.advance(5000);
  expect([one.news(), other.news()]).toMatchObject([[{ type: 'usage' }], [{ type: 'usage' }]]);
  one.talk.gone();
  other.say({ type: 'unsubscribe', id: 'u' });
  fake.clock.advance(60_000);
  expect([one.news(), other.news()]).toEqual([[], []]);
});

function withLog(text: string) {
  const path = join(folder(), 'web.log');
  writeFileSync(path, text);
  const fake = daemonOf([single('web', { stdout: channel({ logfile: { to: 'file', path } }) })]);
  return { path, fake, ...talkTo(fake) };
}

test('a log begins inside no character, and no message ends in one', async () => {
  const { say, news, told, fake } = withLog('€uro €');
  say(subscribe('l', 'log', { process: 'web', backlog: 8 }));
  await waitFor('the log', () => told.length > 1);
  const log = fake.supervisor.find('web')[0]!.log('stdout');
  expect(news().slice(1)).toEqual([{ type: 'log', id: 'l', offset: 3, data: 'uro €' }]);
  log.open();
  log.write(Buffer.from([0xe2, 0x82]));
  await turn();
  await turn();
  log.write(Buffer.from([0xac, 0xff, 0x0a]));
  await waitFor('the rest', () => told.length > 0);
  expect(news()).toEqual([{ type: 'log', id: 'l', offset: 10, data: '€\ufffd\n' }]);
  log.close();
});

test('bytes of a log are told as they are, from an offset', async () => {
  const { say, news, told } = withLog('0123456789');
  say(subscribe('l', 'log', { process: 'web', offset: 7, encoding: 'base64' }));
  await waitFor('the log', () => told.length > 1);
  expect(news().at(-1)).toEqual({ type: 'log', id: 'l', offset: 7, data: btoa('789') });
});

test('a log that is shorter than the offset is told as truncated', async () => {
  const { say, told } = withLog('01234');
  say(subscribe('l', 'log', { process: 'web', offset: 7 }));
  await waitFor('the log', () => told.length > 2);
  expect(told.slice(1)).toMatchObject([
    { type: 'truncated', rotated: false },
    { type: 'log', offset: 0, data: '01234' },
  ]);
});

test('a process that is removed ends its log, after the last of it', async () => {
  const { say, told, fake } = withLog('last words');
  say(subscribe('l', 'log', { process: 'web' }));
  fake.supervisor.removeGroup('web');
  await waitFor('the end', () => told.length > 2);
  expect(told.slice(1)).toEqual([
    { type: 'log', id: 'l', offset: 0, data: 'last words' },
    { type: 'ended', id: 'l' },
  ]);
  say({ type: 'unsubscribe', id: 'l' });
  expect(told.at(-1)).toMatchObject({ type: 'error', fault: 'BAD_NAME' });
});

test('a client that is far behind in a log skips to its end, at a line', async () => {
  const { say, told, news, stall, read, path, line, fake } = withLog('');
  say(subscribe('l', 'log', { process: 'web' }));
  await turn();
  stall();
  news();
  const log = fake.supervisor.find('web')[0]!.log('stdout');
  log.open();
  const text = `${'x'.repeat(99)}\n`.repeat(1000);
  const more = (): void => {
    appendFileSync(path, text);
    log.write(Buffer.from('y\n'));
  };
  more();
  for (let n = 0; n < 5; n++) await turn();
  expect(news()).toEqual([]);
  for (let n = 0; n < 60; n++) more();
  line.reads = true;
  read();
  const size = 61 * (text.length + 2);
  const isDone = ({ offset, data }: Told): boolean => Number(offset) + String(data).length === size;
  await waitFor('the end', () => told.some(isDone));
  const [first, missed, ...rest] = told;
  expect(first).toMatchObject({ type: 'log', offset: 0 });
  expect(missed).toMatchObject({ type: 'missed', bytes: expect.any(Number) });
  expect(Number(rest[0]!['offset'])).toBe(65_536 + Number(missed!['bytes']));
  expect(size - Number(rest[0]!['offset'])).toBeLessThanOrEqual(65_536);
  log.close();
});

test('all clients together have so many subscriptions, and those that are over leave room', () => {
  const fake = daemonOf([single('web')]);
  const clients = Array.from({ length: 11 }, () => talkTo(fake));
  for (const { say } of clients)
    for (let id = 0; id < 100; id++) say(subscribe(String(id), 'usage', { every: 60 }));
  const errors = clients.flatMap(({ news }) => news()).filter(({ type }) => type === 'error');
  expect(errors).toHaveLength(1100 - 1024);
  expect(errors[0]).toMatchObject({
    fault: 'BAD_ARGUMENTS',
    message: 'all clients together have at most 1024 subscriptions',
  });
  const [first, second] = clients;
  first?.talk.gone();
  second?.say({ type: 'unsubscribe', id: '0' });
  second?.say(subscribe('0', 'states'));
  expect(second?.news()[0]).toEqual({ type: 'subscribed', id: '0' });
  for (const { talk } of clients) talk.gone();
});
