import { describe, expect, test } from '@jest/globals';

import { ConfigError, readProgram } from '@tsvisor/config';

const read = (options: Record<string, string>, name = 'web') =>
  readProgram(
    { name, group: 'all', options, origin: 'somewhere' },
    { path: '/etc/supervisord.conf', environment: { SHARED: 'yes', A: 'shared' } },
    {
      environment: { HOME: '/root' },
      accounts: {
        userByName: () => undefined,
        userById: () => undefined,
        groupByName: () => undefined,
        groupById: () => undefined,
      },
      hostName: 'host',
      cwd: '/',
    },
  );

describe('a program that stands in no file', () => {
  test('is read as if it stood in the main one', () => {
    const command = '%(here)s/run %(ENV_HOME)s %(ENV_SHARED)s %(program_name)s %(group_name)s';
    expect(read({ command, environment: 'A=own', stopsignal: 'QUIT' })).toMatchObject([
      {
        name: 'web',
        command: '/etc/run /root yes web all',
        environment: { SHARED: 'yes', A: 'own' },
        stopSignal: 3,
        startSeconds: 1,
      },
    ]);
  });

  test('makes as many processes as it says', () => {
    const options = { command: 'x', numprocs: '2', process_name: 'p%(process_num)d' };
    expect(read(options).map(({ name }) => name)).toEqual(['p0', 'p1']);
  });

  test.each([
    [{}, 'program section program:web does not specify a command'],
    [{ command: 'x', startsecs: 'soon' }, 'invalid literal for int() with base 10'],
    [{ command: '%(nothing)s' }, 'nothing'],
  ])('%j is refused in the words of a start', (options, words) => {
    let error: unknown;
    try {
      read(options as Record<string, string>);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain(words);
    expect(String(error)).toContain("in section 'program:web' (file: 'somewhere')");
  });
});
