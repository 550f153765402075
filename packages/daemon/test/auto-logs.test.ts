import { openSync, closeSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { RecordingLogger } from '@tsvisor/core/testing';

import { cleanUpAutoLogs, removeUnused } from '../src/auto-logs.ts';
import { inFolder } from './support/folder.ts';

function cleanUp(
  childLogDir: string,
  { identifier = 'supervisor', own = [] as string[] } = {},
): string[] {
  const logger = new RecordingLogger();
  cleanUpAutoLogs({ childLogDir, identifier }, own, logger);
  return logger.lines;
}

function create(folder: string, names: readonly string[]): void {
  for (const name of names) writeFileSync(join(folder, name), 'old');
}

test('what an earlier run left is removed, with its rotated files; all else stays', () =>
  inFolder((folder) => {
    const others = ['a-stdout---other-abcd1234.log', 'plain.log', 'x---supervisor-.txt'];
    create(folder, [
      'a-stdout---supervisor-abcd1234.log',
      'a-stdout---supervisor-abcd1234.log.3',
      ...others,
    ]);
    cleanUp(folder);
    expect(readdirSync(folder).toSorted()).toEqual(others);
  }));

test('an identifier means what it says, not a pattern', () =>
  inFolder((folder) => {
    create(folder, ['a-stdout---abc-12345678.log', 'a-stdout---a.c-12345678.log']);
    cleanUp(folder, { identifier: 'a.c' });
    expect(readdirSync(folder)).toEqual(['a-stdout---abc-12345678.log']);
  }));

test('a log that a process has open stays: another daemon of the same name owns it', () =>
  inFolder((folder) => {
    const name = 'a-stdout---supervisor-abcd1234.log';
    create(folder, [name]);
    const fd = openSync(join(folder, name), 'a');
    cleanUp(folder);
    closeSync(fd);
    expect(readdirSync(folder)).toEqual([name]);
  }));

test('a link is not followed, and not removed', () =>
  inFolder((folder) => {
    create(folder, ['precious']);
    symlinkSync('precious', join(folder, 'a-stdout---supervisor-abcd1234.log'));
    cleanUp(folder);
    expect(readdirSync(folder)).toHaveLength(2);
  }));

test('a folder that cannot be listed is a warning', () =>
  inFolder((folder) => {
    expect(cleanUp(join(folder, 'missing'))).toEqual(['warn Could not clear childlog dir']);
  }));

test('the logs that this run has made already stay', () =>
  inFolder((folder) => {
    const name = 'a-stdout---supervisor-abcd1234.log';
    create(folder, [name, 'a-stdout---supervisor-11111111.log']);
    cleanUp(folder, { own: [join(folder, name)] });
    expect(readdirSync(folder)).toEqual([name]);
  }));

test('of the logs that a failed start has made, those that are empty go', () =>
  inFolder((folder) => {
    const [empty, used] = [join(folder, 'empty.log'), join(folder, 'used.log')];
    writeFileSync(empty, '');
    writeFileSync(used, 'output');
    removeUnused([empty, used, join(folder, 'gone.log')]);
    expect(readdirSync(folder)).toEqual(['used.log']);
  }));
