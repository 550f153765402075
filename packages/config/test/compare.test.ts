import { expect, test } from '@jest/globals';

import { compareGroups, loadConfig, type GroupConfig } from '../src/index.ts';
import { accounts } from './accounts.ts';
import { inTempFolder } from './temp-folder.ts';

function groups(text: string): readonly GroupConfig[] {
  return inTempFolder({ 'x.conf': text }, (cwd) => {
    const source = { programName: 'tsvd', environment: {}, accounts, overrides: {} };
    return loadConfig({ ...source, path: 'x.conf', cwd }).groups;
  });
}

const program = (options = '', daemon = ''): readonly GroupConfig[] =>
  groups(`[supervisord]\n${daemon}\n[program:a]\ncommand=/bin/cat\n${options}\n`);

const fcgi = (options: string): readonly GroupConfig[] =>
  groups(`[supervisord]\n[fcgi-program:a]\ncommand=/bin/f\n${options}\n`);

const listener = (options: string): readonly GroupConfig[] =>
  groups(`[supervisord]\n[eventlistener:a]\ncommand=/bin/l\n${options}\n`);

test('groups are added and removed by name', () => {
  const active = groups('[supervisord]\n[group:z]\n[group:a]\n[group:gone]\npriority=1\n');
  const next = groups('[supervisord]\n[group:z]\n[group:new]\n[group:a]\n');
  expect(compareGroups(active, next)).toEqual({ added: ['new'], changed: [], removed: ['gone'] });
});

test.each([
  ['another command', 'command=/bin/x'],
  ['another priority', 'priority=1'],
  ['more processes', 'numprocs=2\nprocess_name=%(process_num)s'],
  ['a user', 'user=root'],
  ['another environment', 'environment=A=1'],
  ['other exit codes', 'exitcodes=0,1'],
  ['a log file', 'stdout_logfile=x'],
  ['no log file', 'stdout_logfile=NONE'],
  ['other capture', 'stderr_capture_maxbytes=1'],
  ['another name', 'process_name=b'],
])('%s is a change', (_what, options) => {
  expect(compareGroups(program(), program(options)).changed).toEqual(['a']);
});

test.each([
  ['a signal by another name', 'stopsignal=15'],
  ['an option that means nothing', 'colour=red'],
  ['a default that is written out', 'autostart=TRUE\nstartsecs=01'],
  ['a comment', '; well'],
])('%s is none', (_what, options) => {
  expect(compareGroups(program(), program(options)).changed).toEqual([]);
});

test('the variables of the daemon are part of every program', () => {
  expect(compareGroups(program(), program('', 'environment=A=1')).changed).toEqual(['a']);
});

test('from a log file to an automatic one is no change', () => {
  expect(compareGroups(program('stdout_logfile=x'), program()).changed).toEqual([]);
});

test('another kind of section is a change', () => {
  expect(compareGroups(program(), fcgi('socket=tcp://a:1')).changed).toEqual(['a']);
});

test('of a FastCGI socket only the address counts', () => {
  const active = fcgi('socket=unix:///s');
  expect(compareGroups(active, fcgi('socket=unix:///s\nsocket_mode=0600')).changed).toEqual([]);
  expect(compareGroups(active, fcgi('socket=unix:///t')).changed).toEqual(['a']);
});

test('the order of events does not count, which they are does', () => {
  const active = listener('events=TICK_5,TICK_60');
  expect(compareGroups(active, listener('events=TICK_60,TICK_5')).changed).toEqual([]);
  expect(compareGroups(active, listener('events=TICK_5')).changed).toEqual(['a']);
  expect(compareGroups(active, listener('events=TICK_5,TICK_60\nbuffer_size=5')).changed).toEqual([
    'a',
  ]);
  const recovering = listener('events=TICK_5,TICK_60\nlistener_recover=true');
  expect(compareGroups(active, recovering).changed).toEqual(['a']);
});
