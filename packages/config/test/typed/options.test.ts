import { describe, expect, test } from '@jest/globals';

import { loadConfigText, readConfigOptions } from '../../src/index.ts';
import type { ConfigOptions, Surroundings } from '../../src/index.ts';
import { processOptions, programOptions } from '../../src/options/program.ts';
import { programKeys } from '../../src/typed/keys.ts';

const nobody = (): undefined => undefined;
const surroundings: Surroundings = {
  environment: {},
  accounts: { userByName: nobody, userById: nobody, groupByName: nobody, groupById: nobody },
};
const read = (options: ConfigOptions) => readConfigOptions(options, surroundings);
const web = (options: object) => {
  const config = read({ programs: { web: { command: 'cat', ...options } } });
  return config.groups[0]!.processes[0]!;
};

test('a program in code is what the same program in a file is', () => {
  const inFile = `
[supervisord]
environment = SHARED="1"
[program:web]
command = cat
priority = 5
umask = 027
stopsignal = HUP
stopasgroup = true
exitcodes = 0,3
autorestart = true
environment = A="b"
stdout_logfile = NONE
stderr_logfile_backups = 2
stdout_prefix = web
`;
  const inCode: ConfigOptions = {
    environment: { SHARED: '1' },
    programs: {
      web: {
        command: 'cat',
        priority: 5,
        umask: 0o27,
        stopSignal: 'HUP',
        stopAsGroup: true,
        exitCodes: [0, 3],
        autorestart: true,
        environment: { A: 'b' },
        stdout: { logfile: 'none', prefix: 'web' },
        stderr: { backups: 2 },
      },
    },
  };
  expect(read(inCode).groups).toEqual(loadConfigText(inFile, 'x.conf', surroundings).groups);
});

test('groups, listeners and FastCGI programs can be had too', () => {
  const { groups } = read({
    programs: { a: { command: 'cat' }, b: { command: 'cat' } },
    groups: { both: { programs: ['b', 'a'], priority: 3 } },
    eventListeners: { ear: { command: 'cat', events: ['TICK_5', 'PROCESS_STATE'], bufferSize: 3 } },
    fcgiPrograms: { php: { command: 'cat', socket: 'tcp://localhost:9', socketBacklog: 4 } },
  });
  expect(groups).toMatchObject([
    { type: 'eventlistener', name: 'ear', bufferSize: 3, events: ['PROCESS_STATE', 'TICK_5'] },
    { type: 'program', name: 'both', priority: 3, processes: [{ name: 'b' }, { name: 'a' }] },
    { type: 'fcgi-program', name: 'php', socket: { family: 'tcp', port: 9, backlog: 4 } },
  ]);
});

test('several processes are numbered, unless they have names of their own', () => {
  const names = (options: object): string[] =>
    read({
      programs: { web: { command: 'cat', numprocs: 2, ...options } },
    }).groups[0]!.processes.map(({ name }) => name);
  expect(names({})).toEqual(['web_00', 'web_01']);
  expect(names({ numprocsStart: 7 })).toEqual(['web_07', 'web_08']);
  expect(names({ processName: 'w%(process_num)d' })).toEqual(['w0', 'w1']);
});

test('words and variables stay as they are, whatever is in them', () => {
  const odd = 'a "b" \\c \'d\', =%(x)s; #\n$HOME';
  const { command, environment } = web({
    command: ['echo', odd],
    environment: { ODD: odd, 'o d': '' },
  });
  expect(command).toBe(`'echo' '${odd.replaceAll("'", `'"'"'`)}'`);
  expect(environment).toEqual({ ODD: odd, 'o d': '' });
});

test('an undefined option is one that is not set', () => {
  expect(web({ priority: undefined, stdout: undefined, environment: { A: undefined } })).toEqual(
    web({}),
  );
});

describe('what cannot be used is named by its path', () => {
  test.each<[object, string]>([
    [{ comand: 'x' }, 'programs.web.comand: there is no such option; did you mean command?'],
    [
      { stdout: { maxbytes: 1 } },
      'programs.web.stdout.maxbytes: there is no such option; did you mean stdout.maxBytes?',
    ],
    [{ watch: ['*.js'] }, 'programs.web.watch: there is no such option'],
    [{ stopSignal: 'FOO' }, "programs.web.stopSignal: value 'FOO' is not a valid signal name"],
    [
      { startSeconds: 1.5 },
      "programs.web.startSeconds: invalid literal for int() with base 10: '1.5'",
    ],
    [{ command: ['a', 5] }, 'programs.web.command: 5 cannot be in it'],
    [{ command: ['a\0'] }, 'programs.web.command: a NUL cannot be in it'],
    [{ autostart: null }, 'programs.web.autostart: null is no value for it'],
    [{ environment: { A: null } }, 'programs.web.environment: null cannot be in it'],
  ])('%j', (options, message) => {
    expect(() => web(options)).toThrow(message);
  });

  test('a name that no file could hold', () => {
    const named = (name: string) => () => read({ programs: { [name]: { command: 'x' } } });
    expect(named('a\nb')).toThrow("programs: there can be no name 'a\\nb'");
    expect(named('a\x1b[2J')).toThrow("programs: there can be no name 'a\\x1b[2J'");
    expect(named('')).toThrow("programs: there can be no name ''");
    expect(named('größe.1')).not.toThrow();
  });

  test('a kind that there is not', () => {
    const options = { program: {} } as ConfigOptions;
    expect(() => read(options)).toThrow('program: there is no such option; did you mean programs?');
  });
});

test('every option of a program in a file has its name in code, but those of the daemon', () => {
  const inFile = Object.keys({ ...programOptions, ...processOptions });
  const inCode = Object.values(programKeys);
  expect(inFile.filter((key) => !inCode.includes(key))).toEqual(['watch_debounce', 'watch']);
  expect(inCode.filter((key) => !inFile.includes(key))).toEqual([]);
});

test('an error in a text tells file, line, section and option', () => {
  const text = '[supervisord]\n[program:x]\ncommand=cat\nstopsignal=FOO\n';
  let error: unknown;
  try {
    loadConfigText(text, 'inline.conf', surroundings);
  } catch (thrown) {
    error = thrown;
  }
  const place = { file: 'inline.conf', line: 4, section: 'program:x', option: 'stopsignal' };
  expect(error).toMatchObject({ name: 'ConfigError', ...place });
});
