import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { parseStat, processTable } from '../src/process-table.ts';
import { inTemporaryFolder } from './support/temporary-folder.ts';

const rest = (state: string): string =>
  `${state} 7 8 9 0 -1 4194304 1 2 3 4 100 50 30 20 20 0 1 0 555 4096000 25 18446744073709551615`;

test.each(['sh', 'a b', 'we(ird) ) S 1', '((', ')', 'tab\there', '名前'])(
  'a process may be called %j',
  (name) => {
    expect(parseStat(`42 (${name}) ${rest('S')}\n`)).toMatchObject({
      pid: 42,
      name,
      parent: 7,
      group: 8,
      session: 9,
      isZombie: false,
    });
  },
);

test('CPU time is its own and that of children it has waited for; memory is what is resident', () => {
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const page = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }));
  const { cpuSeconds, memoryBytes } = parseStat(`42 (sh) ${rest('R')}`);
  expect(cpuSeconds).toBeCloseTo(200 / ticks);
  expect(memoryBytes).toBe(25 * page);
});

test('one that nobody has waited for is a zombie', () => {
  expect(parseStat(`42 (sh) ${rest('Z')}`).isZombie).toBe(true);
});

test('the table has us, and a child with the name of its file', async () => {
  await inTemporaryFolder(async (folder) => {
    const program = join(folder, 'a (b) c');
    copyFileSync('/bin/cat', program);
    const child = spawn(program, { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.write('x');
    await once(child.stdout, 'data');
    const table = processTable();
    expect(table.find(({ pid }) => pid === child.pid)).toMatchObject({
      name: 'a (b) c',
      parent: process.pid,
      isZombie: false,
    });
    const us = table.find(({ pid }) => pid === process.pid);
    expect(us?.cpuSeconds).toBeGreaterThan(0);
    expect(us?.memoryBytes).toBeGreaterThan(1_000_000);
    child.stdin.end();
    await once(child, 'close');
    expect(processTable().some(({ pid }) => pid === child.pid)).toBe(false);
  });
});
