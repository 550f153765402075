import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import type { ChannelConfig } from '@tsvisor/config';

import { ChildLog } from '../../src/logs/child-log.ts';
import { channel } from '../../src/testing/configs.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import { openTestPipe } from './pipe-reader.ts';
import { temporaryFolder, waitFor } from './support.ts';

interface Made {
  readonly log: ChildLog;
  readonly reports: string[];
  readonly sent: string[];
}

function make(config: Partial<ChannelConfig>, childLogDir = '/no/such/folder'): Made {
  const reports: string[] = [];
  const sent: string[] = [];
  const log = new ChildLog({
    process: 'web',
    channel: 'stdout',
    config: channel(config),
    childLogDir,
    identifier: 'supervisor',
    clock: new FakeClock(),
    report: (problem) => reports.push(problem),
    syslog: (text) => sent.push(text),
  });
  return { log, reports, sent };
}

const toFile = (path: string): Partial<ChannelConfig> => ({ logfile: { to: 'file', path } });
const auto: Partial<ChannelConfig> = { logfile: { to: 'auto' } };
const write = (log: ChildLog, text: string): boolean => log.write(Buffer.from(text));

test('without a log file everything is dropped, and there is nothing to read', () => {
  const { log } = make({});
  log.open();
  expect(write(log, 'x')).toBe(true);
  expect(log.path).toBeNull();
  expect(() => log.read(0, 0)).toThrow('NO_FILE');
  expect(log.tail(0, 10)).toEqual({ data: Buffer.alloc(0), size: 0, overflow: false });
  expect(() => log.follow(() => true)).toThrow('NO_FILE');
  log.clear();
  log.close();
});

test('is appended to at every spawn, and readable at any time', () => {
  const path = join(temporaryFolder(), 'a.log');
  const { log } = make(toFile(path));
  expect(() => log.read(0, 0)).toThrow(`NO_FILE: ${path}`);
  log.open();
  write(log, 'one ');
  log.close();
  expect(log.read(0, 0).toString()).toBe('one ');
  log.open();
  write(log, 'two');
  log.close();
  write(log, ' after the end');
  expect(log.tail(0, 3)).toEqual({ data: Buffer.from('two'), size: 7, overflow: true });
});

test('a file that cannot be opened is an error of the spawn', () => {
  const folder = temporaryFolder();
  expect(() => make(toFile(folder)).log.open()).toThrow('EISDIR');
  expect(() => make(toFile(join(folder, 'no', 'a.log'))).log.open()).toThrow('ENOENT');
});

test('file and syslog get the same output', () => {
  const path = join(temporaryFolder(), 'a.log');
  const { log, sent } = make({ ...toFile(path), syslog: true });
  log.open();
  write(log, 'one\ntwo\n');
  log.close();
  expect(sent).toEqual(['web one', 'web two']);
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
});

test('rotates by its limits', () => {
  const path = join(temporaryFolder(), 'a.log');
  const { log } = make({ ...toFile(path), maxBytes: 4, backups: 1 });
  log.open();
  write(log, 'long');
  expect(existsSync(`${path}.1`)).toBe(true);
  log.close();
});

test('clear empties an open log, and leaves that of a stopped process as it is', () => {
  const path = join(temporaryFolder(), 'a.log');
  const { log } = make(toFile(path));
  log.open();
  write(log, 'one');
  log.clear();
  expect(statSync(path).size).toBe(0);
  write(log, 'two');
  log.close();
  log.clear();
  expect(readFileSync(path, 'utf8')).toBe('two');
});

test('a log that cannot be removed is told by clear, and goes on', () => {
  const path = join(temporaryFolder(), 'a.log');
  const { log } = make(toFile(path));
  log.open();
  renameSync(path, `${path}.away`);
  mkdirSync(path);
  expect(() => log.clear()).toThrow('FAILED');
  write(log, 'x');
  expect(readFileSync(`${path}.away`, 'utf8')).toBe('x');
  log.close();
});

test('reopen goes on in a new file once the old one was moved', () => {
  const path = join(temporaryFolder(), 'a.log');
  const { log } = make(toFile(path));
  log.open();
  renameSync(path, `${path}.old`);
  log.reopen();
  write(log, 'new');
  log.close();
  log.reopen();
  expect(readFileSync(path, 'utf8')).toBe('new');
});

test('an AUTO log has its file before the first spawn, and gets it back if it is gone', () => {
  const folder = temporaryFolder();
  const { log } = make(auto, folder);
  expect(log.path).toBeNull();
  log.prepare();
  const path = log.path!;
  expect(path).toMatch(/web-stdout---supervisor-.{8}\.log$/);
  expect(statSync(path).size).toBe(0);
  rmSync(path);
  log.open();
  write(log, 'x');
  log.close();
  expect(log.path).toBe(path);
  expect(readFileSync(path, 'utf8')).toBe('x');
});

test('where no file can be made, output is kept in memory and told once', async () => {
  const { log, reports } = make(auto, join(temporaryFolder(), 'no'));
  log.prepare();
  for (let life = 0; life < 2; life++) {
    log.open();
    write(log, 'out ');
    log.close();
  }
  expect(log.path).toBeNull();
  expect(log.read(0, 0).toString()).toBe('out out ');
  expect(log.tail(0, 4)).toEqual({ data: Buffer.from('out '), size: 8, overflow: true });
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatch(/^no file for the stdout of 'web' can be made in .*ENOENT/);
  let got = '';
  const follower = log.follow((chunk) => (got += chunk.toString()) !== '');
  log.open();
  write(log, 'more');
  await waitFor('it to be followed', () => got === 'out out more');
  follower.close();
  log.close();
});

test('once a file can be made, memory moves into it', () => {
  const folder = join(temporaryFolder(), 'later');
  const { log } = make(auto, folder);
  log.open();
  write(log, 'before ');
  log.close();
  mkdirSync(folder);
  log.open();
  write(log, 'after');
  log.close();
  expect(readFileSync(log.path!, 'utf8')).toBe('before after');
});

test('is followed over the lives of the process, over rotation and clear', async () => {
  const path = join(temporaryFolder(), 'a.log');
  const { log } = make({ ...toFile(path), maxBytes: 10, backups: 3 });
  log.open();
  write(log, '1');
  let got = '';
  const follower = log.follow((chunk) => (got += chunk.toString()) !== '');
  write(log, '234567890');
  write(log, 'abc');
  log.close();
  log.open();
  write(log, 'd');
  await waitFor('all', () => got === '1234567890abcd');
  log.clear();
  write(log, 'new');
  await waitFor('what came after clear', () => got === '1234567890abcdnew');
  follower.close();
  write(log, 'not followed any more');
  await new Promise(setImmediate);
  expect(got).toBe('1234567890abcdnew');
  log.close();
});

test('a stalled stream keeps its order over the next spawn', async () => {
  const pipe = openTestPipe();
  const { log } = make(toFile(pipe.path));
  log.open();
  let sent = '';
  let isFree = true;
  for (let n = 0; isFree; n++) {
    const text = `${n}`.padEnd(5000);
    sent += text;
    isFree = write(log, text);
  }
  expect([log.backedUp, log.pending > 0]).toEqual([true, true]);
  log.close();
  log.open();
  let drained = false;
  log.onDrain = () => (drained = true);
  write(log, 'next life');
  let got = '';
  await waitFor('all to arrive', () => (got += pipe.read()).endsWith('next life'));
  expect(got).toBe(`${sent}next life`);
  expect(drained).toBe(true);
  expect(() => log.read(0, 0)).toThrow('FAILED');
  log.clear();
  log.close();
  pipe.close();
});

test('counts what it is given over all lives, and nothing while it is closed', () => {
  const { log } = make(toFile(join(temporaryFolder(), 'a.log')));
  log.open();
  write(log, '12345');
  log.clear();
  log.close();
  write(log, 'lost');
  log.open();
  write(log, '678');
  log.close();
  expect(log.bytesWritten).toBe(8);
});

test('may be followed from a byte on, with the offset of each chunk', async () => {
  const { log } = make(toFile(join(temporaryFolder(), 'a.log')));
  log.open();
  write(log, '0123456789');
  let got = '';
  const deliver = (chunk: Buffer, { offset }: { offset: number }): boolean =>
    (got += `${offset}:${chunk.toString()} `) !== '';
  const follower = log.follow(deliver, { offset: 7 });
  await waitFor('what is there', () => got === '7:789 ');
  write(log, 'a');
  await waitFor('what is added', () => got === '7:789 10:a ');
  follower.close();
  log.close();
});
