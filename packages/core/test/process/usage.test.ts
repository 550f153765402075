import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from '@jest/globals';

import type { ProcessEntry } from '../../src/kernel.ts';
import { posixKernel } from '../../src/kernel/posix-kernel.ts';
import { usageOf } from '../../src/process/usage.ts';
import { waitFor } from '../logs/support.ts';

const US = 100;

/** Of one process each: 1 s, 10 bytes. */
function table(
  ...rows: readonly (readonly [pid: number, parent: number, group?: number, session?: number])[]
): ProcessEntry[] {
  return rows.map(([pid, parent, group = pid, session = US]) => {
    return { pid, parent, group, session, cpuSeconds: 1, memoryBytes: 10 };
  });
}

const counts = (pids: readonly number[], rows: readonly ProcessEntry[]): unknown =>
  Object.fromEntries([...usageOf(pids, rows)].map(([pid, { count }]) => [pid, count]));

test('a process uses what it and its descendants use, in whatever sessions those are', () => {
  const rows = table(
    [US, 1],
    [201, 200, 200],
    [200, US],
    [300, 201, 300, 300],
    [301, 300, 300, 300],
  );
  expect(usageOf([200], rows)).toEqual(
    new Map([[200, { cpuSeconds: 4, memoryBytes: 40, count: 4 }]]),
  );
});

test('what lost its parent belongs to the tree whose group it is in, with its own children', () => {
  const rows = table([US, 1], [200, US], [210, US, 200], [211, 210, 211, 211], [220, 1, 200]);
  expect(counts([200], rows)).toEqual({ 200: 4 });
});

test('what lost its parent belongs to the tree that made its session', () => {
  const rows = table(
    [US, 1],
    [200, US, 200, 200],
    [210, 1, 210, 200],
    [300, US],
    [310, 300, 310, 310],
  );
  rows.push(...table([311, 1, 311, 310]));
  expect(counts([200, 300], rows)).toEqual({ 200: 2, 300: 3 });
});

test('our own group and session are no tree, even if one of it has entered them', () => {
  const rows = table([US, 1], [101, 1, US, US], [200, US], [201, 200, US]);
  expect(counts([200], rows)).toEqual({ 200: 2 });
});

test('a group is the one of its leader, whoever else has entered it', () => {
  const rows = table([US, 1], [200, US], [201, 200, 300], [300, US], [310, 1, 300]);
  expect(counts([200, 300], rows)).toEqual({ 200: 2, 300: 2 });
});

test('a process that is not seen is left out', () => {
  expect(counts([200, 300], table([US, 1], [300, US]))).toEqual({ 300: 1 });
  expect(counts([200], [])).toEqual({});
  expect(counts([], table([US, 1]))).toEqual({});
});

test('a table that was read while pids were used again may go in circles', () => {
  expect(counts([200], table([200, 202], [201, 200], [202, 201]))).toEqual({ 200: 3 });
});

test('a very deep tree and a very broad one are walked', () => {
  const row = { group: 0, session: 0, cpuSeconds: 1, memoryBytes: 10 };
  const rows = [{ ...row, pid: 1000, parent: US }];
  for (let pid = 1001; pid < 20_000; pid++) rows.push({ ...row, pid, parent: pid - 1 });
  for (let pid = 20_000; pid < 40_000; pid++) rows.push({ ...row, pid, parent: 1000 });
  expect(counts([1000], rows)).toEqual({ 1000: 39_000 });
});

test('of the real kernel: a child, its own, and one that lost its parent', async () => {
  const script = 'sleep 1000 & (sleep 1000 & echo ready); wait';
  const child = spawn('sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await once(child.stdout, 'data');
    const kernelCount = (): number | undefined =>
      usageOf([child.pid!], posixKernel.processes()).get(child.pid!)?.count;
    // The shell between is gone a moment after its word.
    await waitFor('the shell and both of sleep to be all', () => kernelCount() === 3);
    const { memoryBytes, cpuSeconds } = usageOf([child.pid!], posixKernel.processes()).get(
      child.pid!,
    )!;
    expect(memoryBytes).toBeGreaterThan(100_000);
    expect(cpuSeconds).toBeGreaterThanOrEqual(0);
  } finally {
    process.kill(-child.pid!, 'SIGKILL');
    await once(child, 'close');
  }
});
