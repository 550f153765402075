// Many followers of one log that grows as fast as its program can write.
import { createHash } from 'node:crypto';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import {
  digestOfFastLog,
  digestOfFile,
  fastLogBytes,
  fastProgram,
  runFastProgram,
} from './support/fast-log.ts';
import { LogStream } from './support/log-stream.ts';
import { Sandbox, waitFor } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/** A MiB and a chunk may wait for each of 100 followers; the rest is what Node gathers between. */
const MOST_GROWN_MIB = 150;
/** Even on a machine that has other things to do. */
const MOST_WAIT_MS = 5000;

/** A reply of /logtail that has begun; what is read of it is up to whoever asked. */
function logtail(): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get(
      { socketPath: sandbox.path('s.sock'), path: '/logtail/fast', agent: false },
      resolve,
    );
    request.on('error', reject);
  });
}

test('20 followers of /logtail get every byte, but for those that do not read', async () => {
  const lines = 5_000_000;
  sandbox.configure(fastProgram(sandbox, lines));
  await sandbox.startDaemon();
  const replies = await Promise.all(Array.from({ length: 20 }, logtail));
  const readers = replies.slice(5).map((reply) => {
    const reader = { bytes: 0, hash: createHash('md5') };
    reply.on('data', (chunk: Buffer) => {
      reader.bytes += chunk.length;
      reader.hash.update(chunk);
    });
    return reader;
  });
  const size = fastLogBytes(lines);
  const fared = await runFastProgram(sandbox, () => readers.every(({ bytes }) => bytes >= size));
  const digest = digestOfFastLog(lines);
  expect(await digestOfFile(sandbox.path('fast.log'))).toBe(digest);
  expect(readers.map(({ hash }) => hash.digest('hex'))).toEqual(readers.map(() => digest));
  expect(fared.grownMiB).toBeLessThan(MOST_GROWN_MIB);
  expect(fared.slowestMs).toBeLessThan(MOST_WAIT_MS);
  for (const reply of replies) reply.destroy();
}, 90_000);

test('100 followers of the stream get every byte or are told what they missed', async () => {
  const lines = 22_000_000;
  sandbox.configure(fastProgram(sandbox, lines));
  await sandbox.startDaemon();
  const followers = Array.from({ length: 100 }, () => new LogStream(sandbox));
  await Promise.all(followers.map(({ subscribed }) => subscribed));
  const stalled = followers.slice(0, 30);
  for (const { socket } of stalled) socket.pause();
  const readers = followers.slice(30);
  const size = fastLogBytes(lines);
  const fared = await runFastProgram(sandbox, () => readers.every((one) => one.position >= size));
  for (const { socket } of stalled) socket.resume();
  await waitFor('those that did not read to catch up', () =>
    stalled.every((one) => one.position >= size),
  );
  expect(await digestOfFile(sandbox.path('fast.log'))).toBe(digestOfFastLog(lines));
  expect(followers.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(followers.map(({ position }) => position)).toEqual(followers.map(() => size));
  expect(fared.grownMiB).toBeLessThan(MOST_GROWN_MIB);
  expect(fared.slowestMs).toBeLessThan(MOST_WAIT_MS);
  for (const { socket } of followers) socket.terminate();
}, 120_000);
