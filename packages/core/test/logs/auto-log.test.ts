import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { autoLogPattern, createAutoLog, removeOldAutoLogs } from '../../src/logs/auto-log.ts';
import { temporaryFolder } from './support.ts';

test('an AUTO log is an empty file that only its owner may read, with a name of its own', () => {
  const folder = temporaryFolder();
  const name = { folder, identifier: 'supervisor', process: 'web', channel: 'stdout' } as const;
  const path = createAutoLog(name);
  expect(path).toMatch(/\/web-stdout---supervisor-[a-z0-9_]{8}\.log$/);
  expect(statSync(path)).toMatchObject({ size: 0 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(createAutoLog(name)).not.toBe(path);
  expect(createAutoLog({ ...name, channel: 'stderr' })).toContain('/web-stderr---');
});

test('a folder that is missing is an error', () => {
  const folder = join(temporaryFolder(), 'no');
  const name = { folder, identifier: 'x', process: 'web', channel: 'stdout' } as const;
  expect(() => createAutoLog(name)).toThrow('ENOENT');
});

test.each([
  ['a-stdout---supervisor-abcd1234.log', true],
  ['b-stderr---supervisor-x.log.3', true],
  ['b-stderr---supervisor-x.log.12345', true],
  ['b-stderr---supervisor-x.log.gz', true],
  ['a-stdout---other-abcd1234.log', false],
  ['---supervisor-abcd1234.log', false],
  ['a-stdout---supervisor-.log', false],
  ['a-stdout---supervisor-ab cd.log', false],
  ['plain.log', false],
])('%s is an AUTO log of "supervisor": %s', (name, is) => {
  expect(autoLogPattern('supervisor').test(name)).toBe(is);
});

test('an identifier is taken literally', () => {
  expect(autoLogPattern('a.b').test('x-stdout---aXb-12345678.log')).toBe(false);
  expect(autoLogPattern('a+(b)[c]$^{2}|\\/-').test('x---a+(b)[c]$^{2}|\\/--1.log')).toBe(true);
});

test('old AUTO logs are removed; links, folders and what is in use are not', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  for (const name of ['a---s-1.log', 'a---s-1.log.1', 'b---s-2.log', 'c---t-3.log', 'target']) {
    writeFileSync(at(name), '');
  }
  symlinkSync(at('target'), at('l---s-4.log'));
  mkdirSync(at('d---s-5.log'));
  const warnings: string[] = [];
  removeOldAutoLogs(folder, 's', (text) => warnings.push(text), new Set([at('b---s-2.log')]));
  expect(readdirSync(folder).toSorted()).toEqual([
    'b---s-2.log',
    'c---t-3.log',
    'd---s-5.log',
    'l---s-4.log',
    'target',
  ]);
  expect(existsSync(at('target'))).toBe(true);
  expect(warnings).toEqual([]);
});

test('a folder that cannot be listed is a warning', () => {
  const warnings: string[] = [];
  removeOldAutoLogs(join(temporaryFolder(), 'no'), 's', (text) => warnings.push(text));
  expect(warnings).toEqual(['Could not clear childlog dir']);
});
