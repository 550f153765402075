import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { readLogFile, tailLogFile } from '../../../src/logs/reading/log-reader.ts';
import { followLog } from '../../../src/logs/reading/tail.ts';
import { temporaryFolder } from '../support.ts';

function fileWith(content: string): string {
  const path = join(temporaryFolder(), 'a.log');
  writeFileSync(path, content);
  return path;
}

test('part of a log is read by bytes, whatever characters they cut', () => {
  const path = fileWith('hé!');
  expect(readLogFile(path, 2, 1)).toEqual(Buffer.of(0xa9));
  expect(readLogFile(path, -1, 0).toString()).toBe('!');
  expect(tailLogFile(path, 0, 1)).toEqual({ data: Buffer.from('!'), size: 4, overflow: true });
});

test('arguments that make no sense are refused, before and after the end', () => {
  const path = fileWith('0123');
  expect(() => readLogFile(path, -1, 1)).toThrow('BAD_ARGUMENTS');
  expect(() => readLogFile(path, 0, -1)).toThrow('BAD_ARGUMENTS');
});

test('a missing log is told with its path, or is empty for tail', () => {
  const path = join(temporaryFolder(), 'no.log');
  expect(() => readLogFile(path, 0, 0)).toThrow(`NO_FILE: ${path}`);
  expect(tailLogFile(path, 5, 5)).toEqual({ data: Buffer.alloc(0), size: 0, overflow: false });
});

test('a log whose folder cannot be looked into is missing', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('loop', join(folder, 'loop'));
  for (const path of [join(folder, 'file', 'a.log'), join(folder, 'loop', 'a.log')]) {
    expect(() => readLogFile(path, 0, 0)).toThrow(`NO_FILE: ${path}`);
    expect(tailLogFile(path, 0, 5)).toEqual({ data: Buffer.alloc(0), size: 0, overflow: false });
    expect(() => followLog({ path, deliver: () => true })).toThrow(`NO_FILE: ${path}`);
  }
});

test('a folder or a FIFO cannot be read, and is not waited for', () => {
  const folder = temporaryFolder();
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  mkdirSync(join(folder, 'folder'));
  for (const path of [fifo, join(folder, 'folder')]) {
    expect(() => readLogFile(path, 0, 0)).toThrow('FAILED');
    expect(tailLogFile(path, 5, 5)).toEqual({ data: Buffer.alloc(0), size: 5, overflow: false });
  }
});

test('a device has kept nothing', () => {
  expect(readLogFile('/dev/null', 0, 0)).toHaveLength(0);
  expect(readLogFile('/dev/zero', 0, 100)).toHaveLength(0);
});
