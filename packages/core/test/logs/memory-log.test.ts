import { expect, test } from '@jest/globals';

import { MemoryLog } from '../../src/logs/memory-log.ts';
import { readFrom, tailFrom } from '../../src/logs/reading/log-reader.ts';
import { MemoryTail } from '../../src/logs/reading/memory-tail.ts';

const MIB = 1024 * 1024;

/** A follower may have to wait for others: for one turn of the event loop each at most. */
async function theirTurns(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
}

test('is read like a file', () => {
  const log = new MemoryLog();
  log.write(Buffer.from('01234'));
  log.write(Buffer.from('56789'));
  expect(readFrom(log, 3, 4).toString()).toBe('3456');
  expect(readFrom(log, -2, 0).toString()).toBe('89');
  expect(tailFrom(log, 0, 3)).toEqual({ data: Buffer.from('789'), size: 10, overflow: true });
});

test('keeps its newest MiB, and counts on', () => {
  const log = new MemoryLog();
  for (let n = 0; n < 40; n++) log.write(Buffer.alloc(65_536, String.fromCharCode(65 + n)));
  expect(log.size).toBe(40 * 65_536);
  expect(log.start).toBe(log.size - MIB);
  expect(readFrom(log, 0, 0)).toHaveLength(MIB);
  expect(readFrom(log, log.size - 3, 0).toString()).toBe('hhh');
  expect(readFrom(log, 0, 10)).toHaveLength(0);
});

test('is empty after it was cleared', () => {
  const log = new MemoryLog();
  log.write(Buffer.from('x'));
  log.clear();
  expect([log.size, readFrom(log, 0, 0).length]).toEqual([0, 0]);
});

test('is followed from its last 1024 bytes on', async () => {
  const log: MemoryLog = new MemoryLog(() => tail.changed());
  let got = '';
  let takes = true;
  const tail: MemoryTail = new MemoryTail(log, (chunk) => {
    got += chunk.toString();
    return takes;
  });
  log.write(Buffer.from('a'.repeat(2000)));
  await theirTurns();
  expect(got).toHaveLength(2000);
  const late = new MemoryTail(log, (chunk) => {
    expect(chunk).toHaveLength(1024);
    return true;
  });
  await theirTurns();
  takes = false;
  log.write(Buffer.from('b'));
  await theirTurns();
  log.write(Buffer.from('c'));
  await theirTurns();
  expect(got.slice(2000)).toBe('b');
  tail.resume();
  await theirTurns();
  expect(got.slice(2000)).toBe('bc');
  log.clear();
  log.write(Buffer.from('d'));
  tail.resume();
  await theirTurns();
  expect(got.slice(2000)).toBe('bcd');
  tail.close();
  late.close();
});

test('a follower is told what has been dropped before it could read it, and of a clear', async () => {
  const log: MemoryLog = new MemoryLog(() => tail.changed());
  const told: string[] = [];
  let takes = false;
  const deliver = (chunk: Buffer, { offset }: { offset: number }): boolean => {
    told.push(`${offset}+${chunk.length}`);
    return takes;
  };
  const tail: MemoryTail = new MemoryTail(log, deliver, {
    backlogBytes: 2,
    missed: (bytes) => told.push(`missed ${bytes}`),
    truncated: () => told.push('truncated'),
  });
  log.write(Buffer.from('abc'));
  await theirTurns();
  for (let n = 0; n < 20; n++) log.write(Buffer.alloc(65_536, 'x'));
  tail.resume();
  await theirTurns();
  expect(told).toEqual(['0+3', `missed ${4 * 65_536}`, `${3 + 4 * 65_536}+65536`]);
  log.clear();
  takes = true;
  tail.resume();
  log.write(Buffer.from('new'));
  await theirTurns();
  expect(told.slice(3)).toEqual(['truncated', '0+3']);
  tail.close();
});

test('a follower that is far behind skips to the start of a line', async () => {
  const log: MemoryLog = new MemoryLog(() => tail.changed());
  const told: string[] = [];
  const tail: MemoryTail = new MemoryTail(
    log,
    (chunk, { offset }) => told.push(`${offset}+${chunk.length}`) === 0,
    { mostBehindBytes: 100_000, missed: (bytes) => told.push(`missed ${bytes}`) },
  );
  log.write(Buffer.from('a'));
  await theirTurns();
  log.write(Buffer.from('a line of 17 byte\n'.repeat(10_000)));
  tail.resume();
  await theirTurns();
  const kept = Math.floor(65_536 / 18) * 18;
  expect(told).toEqual(['0+1', `missed ${180_000 - kept}`, `${180_001 - kept}+${kept}`]);
  tail.close();
});
