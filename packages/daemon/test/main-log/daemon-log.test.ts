import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import type { SupervisordConfig } from '@tsvisor/config';
import { systemClock } from '@tsvisor/core';

import { DaemonLog } from '../../src/main-log/daemon-log.ts';
import { inFolder } from '../support/folder.ts';

function open(logfile: string, changes: Partial<SupervisordConfig> = {}) {
  const warnings: string[] = [];
  const sent: string[] = [];
  const supervisord = {
    logfile,
    logfileMaxBytes: 0,
    logfileBackups: 0,
    logLevel: 'info',
    logfileFormat: 'text',
    ...changes,
  } as SupervisordConfig;
  const log = new DaemonLog({
    supervisord,
    echo: false,
    clock: systemClock,
    kernel: { syslog: (text) => void sent.push(text), sendNow: () => 0 },
    warn: (text) => void warnings.push(text),
  });
  return { log, warnings, sent };
}

test('writes supervisord lines to its file', () =>
  inFolder((folder) => {
    const path = join(folder, 'main.log');
    const { log } = open(path);
    log.log('warn', 'one');
    log.log('debug', 'not this');
    log.close();
    expect(readFileSync(path, 'utf8')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} WARN one\n$/);
  }));

test('after a reopen it goes on in a new file', () =>
  inFolder((folder) => {
    const path = join(folder, 'main.log');
    const { log } = open(path);
    log.log('info', 'one');
    renameSync(path, `${path}.old`);
    log.reopen();
    log.log('info', 'two');
    log.close();
    expect(readFileSync(path, 'utf8')).toMatch(/INFO two\n$/);
    expect(readFileSync(`${path}.old`, 'utf8')).toMatch(/INFO one\n$/);
  }));

test('without its file it says so, and takes records all the same', () =>
  inFolder((folder) => {
    const path = join(folder, 'taken');
    mkdirSync(path);
    const { log, warnings } = open(path);
    log.log('info', 'one');
    log.close();
    expect(log.path).toBeNull();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`cannot open log file ${path}, going on without it: EISDIR`);
  }));

test('to syslog it sends each line of a text by itself', () => {
  const { log, sent } = open('syslog');
  log.log('info', 'one\ntwo');
  log.close();
  expect(sent.map((line) => line.slice(24))).toEqual(['INFO one\n', 'INFO two\n']);
});
