import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { readHistory, writeHistory } from '../../src/input/history-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ctl-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('a history is kept oldest first, readable by its user only', () => {
  const path = join(folder, 'history');
  writeHistory(path, ['newest', 'older']);
  expect(readFileSync(path, 'utf8')).toBe('older\nnewest\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readHistory(path)).toEqual(['newest', 'older']);
});

test('the first line of a libedit history is no command', () => {
  const path = join(folder, 'history');
  writeFileSync(path, '_HiStOrY_V2_\nstatus\n');
  expect(readHistory(path)).toEqual(['status']);
});

test('a history that cannot be read or written is let go', () => {
  expect(readHistory(join(folder, 'none'))).toEqual([]);
  expect(() => writeHistory(join(folder, 'no/such'), ['x'])).not.toThrow();
});
