import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { expect, test } from '@jest/globals';

import { ByteQueue } from '../../src/logs/byte-queue.ts';
import { waitFor } from './support.ts';

const filled = (...texts: string[]): ByteQueue => {
  const queue = new ByteQueue();
  for (const text of texts) queue.push(Buffer.from(text));
  return queue;
};

test('gives its records in order and counts their bytes', () => {
  const queue = filled('one', '', 'three');
  queue.consume(2);
  expect([queue.head?.toString(), queue.bytes]).toEqual(['e', 6]);
  queue.consume(1);
  expect([queue.head?.toString(), queue.bytes]).toEqual(['three', 5]);
  queue.consume(5);
  queue.consume(1);
  expect([queue.head, queue.bytes, queue.isEmpty]).toEqual([undefined, 0, true]);
});

test('keeps copies', () => {
  const data = Buffer.from('abc');
  const queue = new ByteQueue();
  queue.push(data);
  data.fill('x');
  expect(queue.head?.toString()).toBe('abc');
});

test('shrinks by its oldest records, but for one that is being written', () => {
  const queue = filled('aaaa', 'bbbb', 'cccc');
  expect(queue.shrink(9, true)).toEqual({ records: 1, bytes: 4 });
  expect(queue.toBuffer().toString()).toBe('aaaacccc');
  expect(queue.shrink(4, false)).toEqual({ records: 1, bytes: 4 });
  expect(queue.toBuffer().toString()).toBe('cccc');
  expect(queue.shrink(0, true)).toEqual({ records: 0, bytes: 0 });
});

test('is quick with many records', () => {
  const queue = new ByteQueue();
  for (let n = 0; n < 100_000; n++) {
    queue.push(Buffer.from(String(n)));
    queue.shrink(1000, true);
  }
  queue.unshift(Buffer.from('first'));
  let count = 0;
  for (; queue.head !== undefined; count++) queue.consume(queue.head.length);
  expect([count > 100, queue.bytes]).toEqual([true, 0]);
});

test.each([
  ['dropped', (queue: ByteQueue) => queue.shrink(1_000_000, false)],
  ['used up', (queue: ByteQueue) => queue.bytes > 1_000_000 && queue.consume(1_000_000)],
])('holds no memory of records that were %s', async (_, letGo) => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const inBuffers = (): number => process.memoryUsage().arrayBuffers;
  const record = Buffer.alloc(1_000_000);
  const queue = new ByteQueue();
  const before = inBuffers();
  for (let n = 0; n < 100; n++) {
    queue.push(record);
    letGo(queue);
  }
  await waitFor('the memory to be free', () => {
    collectGarbage();
    return inBuffers() - before < 5_000_000;
  });
  expect(queue.bytes).toBe(1_000_000);
});
