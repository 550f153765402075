import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { RotatingFile } from '../../../src/logs/file/rotating-file.ts';
import type { RotatingFileOptions } from '../../../src/logs/file/rotating-file.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { temporaryFolder, waitFor } from '../support.ts';

function open(options: Partial<RotatingFileOptions> = {}): {
  file: RotatingFile;
  path: string;
  clock: FakeClock;
  reports: string[];
  /** The file and its backups: name without the path → content. */
  files: () => Record<string, string>;
} {
  const folder = options.path === undefined ? temporaryFolder() : join(options.path, '..');
  const path = options.path ?? join(folder, 'a.log');
  const clock = new FakeClock();
  const reports: string[] = [];
  const report = (problem: string): void => void reports.push(problem);
  const file = new RotatingFile({ maxBytes: 0, backups: 10, clock, report, ...options, path });
  const files = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(folder)
        .toSorted()
        .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    );
  return { file, path, clock, reports, files };
}

const write = (file: RotatingFile, ...texts: string[]): void => {
  for (const text of texts) file.write(Buffer.from(text));
};

test('appends to what is there', () => {
  const path = join(temporaryFolder(), 'a.log');
  writeFileSync(path, 'old ');
  const { file } = open({ path });
  write(file, 'new');
  expect(readFileSync(path, 'utf8')).toBe('old new');
  file.close();
});

test('a folder in its place, or a missing folder, is an error', () => {
  const folder = temporaryFolder();
  expect(() => open({ path: folder })).toThrow('EISDIR');
  expect(() => open({ path: join(folder, 'no', 'a.log') })).toThrow('ENOENT');
});

test('rotates after the record that reaches the limit, and splits none', () => {
  const { file, files } = open({ maxBytes: 10, backups: 2 });
  write(file, '12345', '6789');
  expect(files()).toEqual({ 'a.log': '123456789' });
  write(file, 'abcdef');
  expect(files()).toEqual({ 'a.log': '', 'a.log.1': '123456789abcdef' });
  write(file, 'exactly 10', 'x');
  expect(files()).toEqual({ 'a.log': 'x', 'a.log.1': 'exactly 10', 'a.log.2': '123456789abcdef' });
  write(file, 'a long record');
  expect(files()).toEqual({ 'a.log': '', 'a.log.1': 'xa long record', 'a.log.2': 'exactly 10' });
  file.close();
});

test('without backups the file is only truncated', () => {
  const { file, files } = open({ maxBytes: 10, backups: 0 });
  write(file, '0123456789', 'x');
  expect(files()).toEqual({ 'a.log': 'x' });
  file.close();
});

test('with a limit of 0 it never rotates', () => {
  const { file, files } = open({ maxBytes: 0, backups: 2 });
  write(file, 'x'.repeat(100_000));
  expect(Object.keys(files())).toEqual(['a.log']);
  file.close();
});

test('a file that is too large already rotates after the next record', () => {
  const path = join(temporaryFolder(), 'a.log');
  writeFileSync(path, 'far too long before');
  const { file, files } = open({ path, maxBytes: 10, backups: 1 });
  expect(Object.keys(files())).toEqual(['a.log']);
  write(file, '!');
  expect(files()).toEqual({ 'a.log': '', 'a.log.1': 'far too long before!' });
  file.close();
});

test('gaps between backups stay, and backups beyond the number are left alone', () => {
  const { file, files, path } = open({ maxBytes: 4, backups: 3 });
  writeFileSync(`${path}.2`, 'two');
  writeFileSync(`${path}.4`, 'four');
  write(file, 'long');
  expect(files()).toEqual({ 'a.log': '', 'a.log.1': 'long', 'a.log.3': 'two', 'a.log.4': 'four' });
  file.close();
});

test('a great number of backups takes no longer than there are any', () => {
  const { file, files, path } = open({ maxBytes: 4, backups: 10_000_000 });
  for (const n of ['2', '10', '9999999', '10000000', '007', '1.gz', '']) {
    writeFileSync(`${path}.${n}`, n);
  }
  writeFileSync(`${path}2.1`, 'another');
  write(file, 'long');
  expect(files()).toEqual({
    'a.log': '',
    'a.log.': '',
    'a.log.007': '007',
    'a.log.1': 'long',
    'a.log.1.gz': '1.gz',
    'a.log.10000000': '9999999',
    'a.log.11': '10',
    'a.log.3': '2',
    'a.log2.1': 'another',
  });
  file.close();
});

test('a file that was removed meanwhile is made anew, and its backups stay', () => {
  const { file, files, path } = open({ maxBytes: 4, backups: 1 });
  writeFileSync(`${path}.1`, 'kept');
  unlinkSync(path);
  write(file, 'gone', 'x');
  expect(files()).toEqual({ 'a.log': 'x', 'a.log.1': 'kept' });
  file.close();
});

test('what another program puts in its place is used and not moved away', () => {
  const { file, files, path } = open({ maxBytes: 4, backups: 2 });
  renameSync(path, `${path}.1`);
  writeFileSync(path, 'n');
  write(file, 'old!', 'x');
  expect(files()).toEqual({ 'a.log': 'nx', 'a.log.1': 'old!' });
  file.close();
});

test('a file that is copied and truncated goes on at its new end, before a rotation and after', () => {
  const { file, files, path } = open({ maxBytes: 100, backups: 1 });
  write(file, 'x'.repeat(80));
  truncateSync(path);
  write(file, 'after', 'y'.repeat(80));
  expect(files()['a.log']).toBe(`after${'y'.repeat(80)}`);
  write(file, 'z'.repeat(20));
  expect(files()['a.log']).toBe('');
  write(file, 'new');
  truncateSync(path);
  write(file, 'end');
  expect(files()['a.log']).toBe('end');
  file.close();
});

test('what others append counts too', () => {
  const { file, files, path } = open({ maxBytes: 16, backups: 1 });
  appendFileSync(path, 'x'.repeat(15));
  write(file, 'yy');
  expect(Object.keys(files())).toEqual(['a.log', 'a.log.1']);
  file.close();
});

test('goes on in the file where its links lead, and rotates nothing that is no file', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.log');
  symlinkSync('/dev/null', path);
  const { file, reports } = open({ path, maxBytes: 4, backups: 2 });
  write(file, 'a long record', 'another');
  expect(readdirSync(folder)).toEqual(['a.log']);
  expect(reports).toEqual([]);
  file.close();
});

test('refuses a link where others may write', () => {
  const folder = temporaryFolder();
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'a.log'));
  expect(() => open({ path: join(folder, 'a.log'), noFollow: true })).toThrow('ELOOP');
  expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
});

test('reopen begins the file that has its name now', () => {
  const { file, files, path } = open();
  write(file, 'old');
  renameSync(path, `${path}.old`);
  write(file, 'still old');
  file.reopen();
  write(file, 'new');
  expect(files()).toEqual({ 'a.log': 'new', 'a.log.old': 'oldstill old' });
  file.close();
});

test('clear removes the file and begins a new one', () => {
  const { file, files, path } = open();
  write(file, 'old');
  const { ino } = statSync(path);
  appendFileSync(join(path, '..', 'keep'), '');
  file.clear();
  write(file, 'new');
  expect(files()).toEqual({ 'a.log': 'new', keep: '' });
  expect(statSync(path).ino === ino && statSync(path).size !== 3).toBe(false);
  unlinkSync(path);
  file.clear();
  expect(files()['a.log']).toBe('');
  file.close();
});

test('what cannot be removed is told by clear and stays in use', () => {
  const { file, path } = open();
  write(file, 'a');
  const away = `${path}.away`;
  renameSync(path, away);
  mkdirSync(path);
  expect(() => file.clear()).toThrow(path);
  write(file, 'b');
  expect(readFileSync(away, 'utf8')).toBe('ab');
  file.close();
});

test('on a full disk the newest records are kept, and written when there is room', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.log');
  symlinkSync('/dev/full', path);
  const { file, clock, reports } = open({ path });
  write(file, 'one ', 'two ');
  expect(file.pending).toBe(8);
  expect(file.backedUp).toBe(false);
  expect(reports).toEqual([
    `cannot write log file ${path}: ENOSPC: no space left on device, write`,
  ]);
  clock.advance(1000);
  await waitFor('the second attempt to fail', () => clock.pending === 1);
  write(file, 'three');
  expect(reports).toHaveLength(1);
  rmSync(path);
  file.reopen();
  await waitFor('the rest to be written', () => file.pending === 0 && reports.length === 2);
  expect(readFileSync(path, 'utf8')).toBe('one two three');
  expect(reports[1]).toBe(`log file ${path} is written again`);
  write(file, '!');
  expect(readFileSync(path, 'utf8')).toBe('one two three!');
  file.close();
});

test('what a full disk makes it lose is counted, and told when it is written again', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.log');
  symlinkSync('/dev/full', path);
  const { file, clock, reports } = open({ path });
  for (let n = 0; n < 300; n++) write(file, `${n} `.padEnd(1024, '.'));
  expect(file.pending).toBe(256 * 1024);
  rmSync(path);
  writeFileSync(path, '');
  file.reopen();
  await waitFor('it to be written', () => reports.length === 2);
  expect(reports[1]).toBe(
    `log file ${path} is written again; ${44 * 1024} bytes were lost meanwhile`,
  );
  expect(readFileSync(path, 'utf8').slice(0, 3)).toBe('44 ');
  expect(clock.pending).toBe(0);
  file.close();
});

test('closing while the disk is full tells what is lost', () => {
  const path = join(temporaryFolder(), 'a.log');
  symlinkSync('/dev/full', path);
  const { file, clock, reports } = open({ path });
  write(file, 'lost');
  file.close();
  expect(reports.at(-1)).toBe(`log file ${path} is closed; 4 bytes were lost meanwhile`);
  expect(clock.pending).toBe(0);
});

test('where the folder has vanished it goes on with the old file, and tries again', () => {
  const folder = join(temporaryFolder(), 'logs');
  mkdirSync(folder);
  const path = join(folder, 'a.log');
  const { file, clock, reports } = open({ path, maxBytes: 4, backups: 1 });
  rmSync(folder, { recursive: true });
  write(file, 'lost with the folder');
  file.reopen();
  expect(reports.join('\n')).toMatch(
    /cannot rotate log file .*ENOENT[^]*cannot reopen log file .*ENOENT/,
  );
  mkdirSync(folder);
  clock.advance(1000);
  write(file, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(reports).toHaveLength(2);
  file.close();
});

test('a backup that cannot be made leaves the file growing, and is tried again', () => {
  const { file, clock, files, reports, path } = open({ maxBytes: 4, backups: 1 });
  mkdirSync(join(`${path}.1`, 'in the way'), { recursive: true });
  write(file, 'long', 'er');
  expect(readFileSync(path, 'utf8')).toBe('longer');
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatch(/^cannot rotate log file .*, it grows on: E/);
  rmSync(`${path}.1`, { recursive: true });
  clock.advance(10_000);
  write(file, '!');
  expect(files()).toEqual({ 'a.log': '', 'a.log.1': 'longer!' });
  file.close();
});

/** A clock by which every look takes so long. */
class SlowClock extends FakeClock {
  stepMs = 0;
  override monotonic(): number {
    this.advance(this.stepMs);
    return super.monotonic();
  }
}

test('a slow disk makes it queue, ask for a pause, rotate as before, and be fast again', async () => {
  const clock = new SlowClock();
  const { file, path } = open({ clock, maxBytes: 600_000, backups: 9 });
  const record = Buffer.alloc(100_000, 'x');
  clock.stepMs = 60;
  expect(file.write(record)).toBe(true);
  expect(file.write(record)).toBe(true);
  expect(file.write(record)).toBe(true);
  expect(file.write(record)).toBe(false);
  const held = file.pending;
  expect(held).toBeGreaterThanOrEqual(300_000);
  record.fill('y');
  await new Promise<void>((resolve) => {
    file.onDrain = resolve;
  });
  await waitFor('the queue to be empty', () => statSync(path).size === 400_000);
  clock.stepMs = 0;
  for (let n = 0; n < 20; n++) file.write(Buffer.alloc(10_000, 'z'));
  // Between its renaming and the next file there is none.
  const size = (): number | undefined => statSync(path, { throwIfNoEntry: false })?.size;
  await waitFor('it to rotate', () => size() === 0);
  expect([statSync(`${path}.1`).size, statSync(path).size]).toEqual([600_000, 0]);
  expect(readFileSync(`${path}.1`).includes('y')).toBe(false);
  await waitFor(
    'it to write at once again',
    () => file.write(Buffer.from('fast')) && file.pending === 0,
  );
  file.close();
});

test('what is queued for a slow disk is written after close', async () => {
  const clock = new SlowClock();
  const { file, path } = open({ clock });
  clock.stepMs = 60;
  write(file, 'one ', 'two ', 'three');
  file.close();
  expect(file.revive()).toBe(true);
  write(file, ' four');
  file.close();
  await waitFor('all to be written', () => readFileSync(path, 'utf8') === 'one two three four');
});

test('leaves no descriptor open', () => {
  const before = readdirSync('/proc/self/fd').length;
  const { file } = open({ maxBytes: 4, backups: 2 });
  write(file, 'long', 'long', 'long');
  file.reopen();
  file.clear();
  file.close();
  expect(readdirSync('/proc/self/fd')).toHaveLength(before);
});
