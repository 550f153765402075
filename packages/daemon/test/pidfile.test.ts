import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { RecordingLogger } from '@tsvisor/core/testing';

import { Pidfile } from '../src/pidfile.ts';
import { inFolder } from './support/folder.ts';

test('the pid file holds the pid and a newline, whatever was in it before', () =>
  inFolder((folder) => {
    const path = join(folder, 'd.pid');
    const logger = new RecordingLogger();
    writeFileSync(path, '1234567\nold');
    new Pidfile(path).write(42, logger);
    expect(readFileSync(path, 'utf8')).toBe('42\n');
    expect(logger.lines).toEqual(['info supervisord started with pid 42']);
  }));

test('the pid file is removed at the end', () =>
  inFolder((folder) => {
    const path = join(folder, 'd.pid');
    const pidfile = new Pidfile(path);
    pidfile.write(42, new RecordingLogger());
    pidfile.remove();
    expect(existsSync(path)).toBe(false);
    pidfile.remove();
  }));

test('a pid file that cannot be written is told, and nothing is removed at the end', () =>
  inFolder((folder) => {
    const path = join(folder, 'taken');
    mkdirSync(path);
    const logger = new RecordingLogger();
    const pidfile = new Pidfile(path);
    pidfile.write(42, logger);
    pidfile.remove();
    expect(logger.lines).toEqual([`critical could not write pidfile ${path}`]);
    expect(existsSync(path)).toBe(true);
  }));

test('what is no file, such as /dev/null, is not removed', () =>
  inFolder((folder) => {
    const path = join(folder, 'null');
    symlinkSync('/dev/null', path);
    const pidfile = new Pidfile(path);
    pidfile.write(42, new RecordingLogger());
    pidfile.remove();
    expect(readlinkSync(path)).toBe('/dev/null');
  }));

test('nobody is waited for who might read it from a FIFO', () =>
  inFolder((folder) => {
    const path = join(folder, 'fifo');
    execFileSync('mkfifo', [path]);
    const logger = new RecordingLogger();
    new Pidfile(path).write(42, logger);
    expect(logger.lines).toEqual([`critical could not write pidfile ${path}`]);
  }));
