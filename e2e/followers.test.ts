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
import { Sandbox } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/** What every follower may keep waiting of the daemon's memory, and what Node itself may gather. */
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
