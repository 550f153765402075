import { describe, expect, test } from '@jest/globals';

import {
  controlCommandLine,
  parseCommandLine,
  supervisordCommandLine,
  type CommandLine,
} from '../../src/index.ts';
import { accounts } from '../accounts.ts';
import { outcome } from '../cases.ts';

const surroundings = { environment: {}, accounts, cwd: '/' };

function tsvd(...args: string[]): CommandLine<object> {
  return parseCommandLine(args, supervisordCommandLine, { ...surroundings, takesWords: false });
}

function tsvctl(...args: string[]): CommandLine<object> {
  return parseCommandLine(args, controlCommandLine, { ...surroundings, takesWords: true });
}

describe('options', () => {
  test.each([
    [['-nc', 'F'], { noDaemon: true, path: 'F' }],
    [['-cF', '-y', '1KB'], { path: 'F', logfileMaxBytes: 1024 }],
    [['--configuration=F', '--user', 'web'], { path: 'F', user: 'web' }],
    [['--nod', '--conf=F'], { noDaemon: true, path: 'F' }],
    [
      ['-m', '27', '-e', 'DEBUG', '-z', '0', '-a', '+5'],
      { umask: 23, logLevel: 'debug', logfileBackups: 0, minFds: 5 },
    ],
    [['--minprocs=3', '-d', '/', '-l', 'x'], { minProcs: 3, directory: '/', logfile: 'x' }],
    [['-n', '--'], { noDaemon: true }],
    [['--profile_options=callers,time'], { profileOptions: ['callers', 'time'] }],
    [['--print-config'], { printConfig: true }],
  ])('%j are read', (args, values) => {
    expect(tsvd(...args)).toEqual({ values, words: [] });
  });

  test('an abbreviation means what supervisord knows, before what only tsvisor knows', () => {
    expect(tsvd('--pr=a').values).toEqual({ profileOptions: ['a'] });
    expect(tsvd('--print').values).toEqual({ printConfig: true });
    expect(tsvd('--ch=/').values).toEqual({ childLogDir: '/' });
  });

  test('end at the first word, at -- and at a lone -', () => {
    expect(tsvctl('-i', 'status', '-x')).toEqual({
      values: { interactive: true },
      words: ['status', '-x'],
    });
    expect(tsvctl('--', '-i').words).toEqual(['-i']);
    expect(tsvctl('-', '-i').words).toEqual(['-', '-i']);
  });

  test('nothing after help or version is looked at, but it must be well formed', () => {
    expect(tsvd('-n', '-v', '-e', 'bad')).toEqual({
      values: { noDaemon: true },
      words: [],
      last: 'version',
    });
    expect(tsvd('-?').last).toBe('help');
    expect(outcome(() => tsvd('-h', '-Z'))).toEqual({ error: 'option -Z not recognized' });
  });
});

test.each([
  [['-Z'], 'option -Z not recognized'],
  [['-:'], 'option -: not recognized'],
  [['--foo'], 'option --foo not recognized'],
  [['-c'], 'option -c requires argument'],
  [['--user'], 'option --user requires argument'],
  [['--us'], 'option --user requires argument'],
  [['--nodaemon=1'], 'option --nodaemon must not have an argument'],
  [['--no'], 'option --no not a unique prefix'],
  [['foo', "it's"], `positional arguments are not supported: ['foo', "it's"]`],
  [['-n', '-n'], "conflicting command line option '-n'"],
  [['-n', '--nod'], "conflicting command line option '--nodaemon'"],
  [['-e', 'foo'], "invalid value for -e 'foo': bad logging level name 'foo'"],
  [['--umask=9'], "invalid value for --umask '9': 9 can not be converted to an octal type"],
  [['-y', '5M'], "invalid value for -y '5M': invalid literal for int() with base 10: '5m'"],
  [['-d', '/no/such'], "invalid value for -d '/no/such': /no/such is not an existing directory"],
])('%j is refused: %s', (args, error) => {
  expect(outcome(() => tsvd(...args))).toEqual({ error });
});

test.each([
  ['http://localhost:9001', true],
  ['unix:///tmp/x', true],
  ['localhost:9001', true],
  ['foo', false],
  ['http://', false],
  ['://x', false],
])('-s %s: %s', (url, isGood) => {
  const error = `invalid value for -s '${url}': value '${url}' is not a URL`;
  expect(outcome(() => tsvctl('-s', url).values)).toEqual(isGood ? { serverUrl: url } : { error });
});
