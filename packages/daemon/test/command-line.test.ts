import { expect, test } from '@jest/globals';

import { helpText, readInvocation, type Invocation } from '../src/command-line.ts';

const none = (): undefined => undefined;
const accounts = { userByName: none, userById: none, groupByName: none, groupById: none };
const read = (...words: readonly string[]): Invocation =>
  readInvocation(words, { environment: {}, accounts });

test('without options it runs, with what the usual places hold', () => {
  expect(read()).toEqual({ action: 'run', configPath: undefined, overrides: {} });
});

test('options take the place of what the file says', () => {
  expect(read('-nc', 'x.conf', '-e', 'DEBUG', '--minfds=5', '-u', 'web')).toEqual({
    action: 'run',
    configPath: 'x.conf',
    overrides: { noDaemon: true, logLevel: 'debug', minFds: 5, user: 'web' },
  });
});

test('profile options of old are accepted and forgotten', () => {
  expect(read('--profile_options', 'calls').overrides).toEqual({});
});

test.each([
  [['-h'], 'help'],
  [['-?'], 'help'],
  [['-v', '-h'], 'version'],
  [['--print-config', '-n'], 'print-config'],
  [['--check-config'], 'check-config'],
  // What is unique in supervisord stays so.
  [['--ch', '/', '--pr', 'x'], 'run'],
])('%j: %s', (words, action) => {
  expect(read(...words).action).toBe(action);
});

test('help names every option once, in the form of supervisord', () => {
  const text = helpText('/bin/tsvd');
  expect(text).toMatch(/^supervisord -- /);
  expect(text).toContain('\n\nUsage: /bin/tsvd [options]\n\n');
  expect(text).toMatch(/[^\n]\n\n$/);
  expect(text.match(/^ {2}-/gm)).toHaveLength(22);
});
