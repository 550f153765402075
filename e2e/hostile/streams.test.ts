// Clients of the stream that do not behave as one should.
import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, waitFor } from '../support/sandbox.ts';
import { descriptorsOf, memoryOf, startAttacked } from './daemon.ts';
import type { Attacked } from './daemon.ts';
import { answersIn, exchange, methodCall, post } from './wire.ts';

/** What the clients of one connection each may make wait, and what Node needs beside. */
const MOST_GROWN_MIB = 300;

let sandbox: Sandbox;
let attacked: Attacked;
const crowd: Socket[] = [];
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(async () => {
  for (const socket of crowd.splice(0)) socket.destroy();
  await sandbox.close();
});

const handshake = [
  'GET /api/v1/stream HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n');

/** A frame with a mask of zeros. */
function frame(text: string, head = 0x81): Buffer {
  const body = Buffer.from(text);
  const length = Buffer.from([0x80 | (body.length < 126 ? body.length : 126)]);
  const more = Buffer.alloc(body.length < 126 ? 0 : 2);
  if (more.length > 0) more.writeUInt16BE(body.length);
  return Buffer.concat([Buffer.from([head]), length, more, Buffer.alloc(4), body]);
}

const subscribe = (id: number, to: string, more: object = {}): Buffer =>
  frame(JSON.stringify({ type: 'subscribe', id: String(id), to, ...more }));

/** Opens the stream, says this, and reads nothing. */
function join(...said: readonly Buffer[]): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect({ ...attacked.unix });
    crowd.push(socket);
    socket.on('error', () => undefined);
    socket.on('connect', () => {
      socket.pause();
      socket.write(Buffer.concat([Buffer.from(handshake), ...said]), () => resolve(socket));
    });
  });
}

async function isServed(): Promise<void> {
  const began = performance.now();
  const answers = answersIn(await exchange(attacked.tcp, [post(methodCall('supervisor.getPID'))]));
  expect(answers.map(({ status }) => status)).toEqual([200]);
  expect(performance.now() - began).toBeLessThan(5000);
}

async function isAsBefore(descriptors: number): Promise<void> {
  for (const socket of crowd.splice(0)) socket.destroy();
  await waitFor('its descriptors to be as before', () => {
    return descriptorsOf(attacked.pid) <= descriptors;
  });
  await isServed();
}

const talker = (name: string): string => `[program:${name}]
command=/bin/sh -c 'while :; do head -c 65536 /dev/zero | tr "\\\\0" x; echo; done'
stdout_logfile=%(here)s/${name}.log
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=1
autostart=false
startsecs=0`;

test('200 clients that read nothing of a log that grows cost bounded memory', async () => {
  attacked = await startAttacked(sandbox, talker('talker'));
  const { pid } = attacked;
  const descriptors = descriptorsOf(pid);
  const before = memoryOf(pid);
  await sandbox.ctl('start', 'talker');
  const log = { process: 'talker', backlog: 1024 * 1024 };
  const said = [subscribe(0, 'states'), subscribe(1, 'log', log), subscribe(2, 'events')];
  for (let n = 0; n < 200; n++) await join(...said, subscribe(3, 'usage', { every: 1 }));
  for (let n = 0; n < 10; n++) {
    await isServed();
    await new Promise((resolve) => void setTimeout(resolve, 200));
  }
  expect(memoryOf(pid) - before).toBeLessThan(MOST_GROWN_MIB);
  await sandbox.ctl('stop', 'talker');
  await isAsBefore(descriptors + 4);
}, 60_000);

test('a client that asks for more than it reads is not heard', async () => {
  attacked = await startAttacked(sandbox, '');
  const { pid } = attacked;
  const descriptors = descriptorsOf(pid);
  const before = memoryOf(pid);
  const cycle = Buffer.concat([
    ...Array.from({ length: 100 }, (_, id) => subscribe(id, 'mainlog', { backlog: 1024 * 1024 })),
    ...Array.from({ length: 100 }, (_, id) => frame(`{"type":"unsubscribe","id":"${id}"}`)),
    ...Array.from({ length: 50 }, () => frame('x'.repeat(16_000))),
  ]);
  const sockets = await Promise.all(Array.from({ length: 20 }, () => join(cycle)));
  for (const socket of sockets) for (let n = 0; n < 20; n++) socket.write(cycle);
  for (let n = 0; n < 5; n++) {
    await isServed();
    await new Promise((resolve) => void setTimeout(resolve, 200));
  }
  expect(memoryOf(pid) - before).toBeLessThan(MOST_GROWN_MIB);
  await isAsBefore(descriptors);
}, 60_000);

test.each([
  ['frames without mask', Buffer.from([0x81, 2, 0x7b, 0x7d])],
  ['frames of a kind that is none', frame('x', 0x8f)],
  ['frames with bits that mean nothing', frame('x', 0xf1)],
  [
    'a frame that says it has 2^63 bytes',
    Buffer.from([0x81, 0xff, ...Array<number>(8).fill(0x7f)]),
  ],
  ['fragments without end', Buffer.concat(Array<Buffer>(5000).fill(frame('', 0)))],
  ['fragments that begin twice', Buffer.concat([frame('a', 1), frame('b', 1)])],
  ['pings without end', Buffer.concat(Array<Buffer>(20_000).fill(frame('x'.repeat(125), 0x89)))],
  ['a ping of more than 125 bytes', frame('x'.repeat(200), 0x89)],
  ['half a frame', frame('{"type":"subscribe"').subarray(0, 10)],
  ['HTTP again', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['a close, and more', Buffer.concat([frame('\x03\xe8', 0x88), frame('{}')])],
])('%s harm nobody', async (_what, said) => {
  attacked = await startAttacked(sandbox, '');
  const descriptors = descriptorsOf(attacked.pid);
  const before = memoryOf(attacked.pid);
  const sockets = await Promise.all(Array.from({ length: 20 }, () => join(said)));
  await isServed();
  for (const socket of sockets.slice(10)) socket.end();
  await isServed();
  expect(memoryOf(attacked.pid) - before).toBeLessThan(MOST_GROWN_MIB);
  await isAsBefore(descriptors);
});
