import { mkdirSync, readFileSync, readlinkSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { RotatingFile } from '../../../src/logs/file/rotating-file.ts';
import { MainLog } from '../../../src/logs/main/main-log.ts';
import { openMainLog } from '../../../src/logs/main/open-main-log.ts';
import type { OpenMainLogOptions } from '../../../src/logs/main/open-main-log.ts';
import { textRecord, timestamp } from '../../../src/logs/main/record-format.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { openTestPipe } from '../pipe-reader.ts';
import { temporaryFolder, waitFor } from '../support.ts';

function open(options: Partial<OpenMainLogOptions> = {}): {
  log: MainLog;
  path: string;
  clock: FakeClock;
  sent: string[];
} {
  const path = options.logfile ?? join(temporaryFolder(), 'main.log');
  const clock = new FakeClock();
  const sent: string[] = [];
  const log = openMainLog({
    logfile: path,
    maxBytes: 0,
    backups: 0,
    level: 'info',
    format: 'text',
    echo: false,
    clock,
    syslog: (text) => sent.push(text),
    ...options,
  });
  return { log, path, clock, sent };
}

test('records of its level and above are written', () => {
  const { log, path, clock } = open();
  log.log('debug', 'not this');
  log.log('info', 'this');
  log.log('critical', 'and this');
  const time = timestamp(clock.now());
  expect(readFileSync(path, 'utf8')).toBe(`${time} INFO this\n${time} CRIT and this\n`);
  log.level = 'blather';
  expect(log.passes('blather')).toBe(true);
  log.level = 'error';
  expect([log.passes('warn'), log.passes('error')]).toEqual([false, true]);
  log.close();
});

test('every line of a record is a message to syslog of its own', () => {
  const { log, clock, sent } = open({ logfile: 'syslog' });
  log.log('warn', 'one\n\ntwo\n');
  const prefix = `${timestamp(clock.now())} WARN `;
  expect(sent).toEqual([`${prefix}one\n`, `${prefix}\n`, `${prefix}two\n`]);
  expect(() => log.clear()).toThrow('NO_FILE');
  log.close();
});

test('rotates by size after the record', () => {
  const { log, path } = open({ maxBytes: 100, backups: 1 });
  for (let n = 0; n < 3; n++) log.log('info', 'a line of some length');
  expect([statSync(`${path}.1`).size, statSync(path).size]).toEqual([102, 51]);
  log.close();
});

test('clear says so in the old file and begins a new one', () => {
  const { log, path } = open();
  renameSync(path, `${path}.kept`);
  expect(() => log.clear()).toThrow('NO_FILE');
  log.reopen();
  log.log('info', 'old');
  log.clear();
  expect(readFileSync(path, 'utf8')).toBe('');
  log.log('info', 'new');
  expect(readFileSync(path, 'utf8')).toMatch(/INFO new\n$/);
  log.close();
});

test('what is no file is left alone by clear, and still has its name', () => {
  const folder = temporaryFolder();
  const link = join(folder, 'main.log');
  symlinkSync('/dev/null', link);
  const { log } = open({ logfile: link });
  expect(log.path).toBe(link);
  log.clear();
  expect(readlinkSync(link)).toBe('/dev/null');
  log.close();
});

test('a file that cannot be removed is FAILED', () => {
  const { log, path } = open();
  renameSync(path, `${path}.away`);
  mkdirSync(path);
  expect(() => log.clear()).toThrow('FAILED');
  log.close();
});

test('those who follow it are told of every record', () => {
  const { log } = open();
  let told = 0;
  const unsubscribe = log.subscribe(() => (told += 1));
  log.log('info', 'x');
  expect(told).toBeGreaterThan(0);
  unsubscribe();
  const before = told;
  log.log('info', 'x');
  expect(told).toBe(before);
  log.close();
});

test('never waits for the reader of its pipe, and says how many records were dropped', async () => {
  const pipe = openTestPipe();
  const { log } = open({ logfile: pipe.path });
  const count = 12_000;
  for (let n = 0; n < count; n++) log.log('info', `${n} `.padEnd(100, '.'));
  let got = '';
  await waitFor('the last record', () => (got += pipe.read()).includes(` INFO ${count - 1} `));
  const lines = got.trimEnd().split('\n');
  const dropped = /WARN (\d+) records of this log were dropped: its reader was too slow/.exec(got);
  expect(lines.length - 1 + Number(dropped![1])).toBe(count);
  expect(lines.at(-1)).toContain(` INFO ${count - 1} `);
  log.close();
  pipe.close();
});

test('a full disk is told in the log itself once there is room', async () => {
  const path = join(temporaryFolder(), 'main.log');
  symlinkSync('/dev/full', path);
  const clock = new FakeClock();
  const report = (problem: string): void => log.log('warn', problem);
  const file = new RotatingFile({ path, maxBytes: 0, backups: 0, clock, report });
  const log: MainLog = new MainLog({
    level: 'info',
    format: textRecord,
    clock,
    sinks: [file],
    path,
    isFile: true,
  });
  log.log('info', 'one');
  log.log('info', 'two');
  log.clear();
  await waitFor('all to be written', () => readFileSync(path, 'utf8').includes('written again'));
  expect(
    readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.slice(24)),
  ).toEqual([
    'INFO one',
    `WARN cannot write log file ${path}: ENOSPC: no space left on device, write`,
    'INFO two',
    'INFO reopening log file',
    `WARN log file ${path} is written again`,
    '',
  ]);
  log.close();
});

test('as JSON every record is an object on a line', () => {
  const { log, path } = open({ format: 'json' });
  log.log('info', 'a\nb');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ level: 'info', message: 'a\nb' });
  log.close();
});
