import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import {
  checkConfig,
  describeConfig,
  loadConfig,
  loadControlConfig,
  searchPaths,
  type Config,
  type ConfigSource,
  type SupervisordOverrides,
} from '../src/index.ts';
import { accounts } from './accounts.ts';
import { outcome } from './cases.ts';
import { inTempFolder } from './temp-folder.ts';

const common = { programName: 'tsvd', environment: {}, accounts, hostName: 'host' };

function load(folder: string, source: Partial<ConfigSource> = {}): Config {
  return loadConfig({ ...common, path: 'x.conf', overrides: {}, cwd: folder, ...source });
}

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('where the file is looked for', () => {
  test('beside the program, in the current folder, then in /etc', () => {
    expect(searchPaths('/opt/x/bin/tsvd')).toEqual([
      '/opt/x/etc/supervisord.conf',
      '/opt/x/supervisord.conf',
      'supervisord.conf',
      'etc/supervisord.conf',
      '/etc/supervisord.conf',
      '/etc/supervisor/supervisord.conf',
    ]);
    expect(searchPaths('tsvd').slice(0, 2)).toEqual(['etc/supervisord.conf', 'supervisord.conf']);
  });

  test('the first that is there is taken, be it a folder', () => {
    const files = {
      'p/etc/supervisord.conf': '[supervisord]\nidentifier=p\n',
      'supervisord.conf': '',
    };
    inTempFolder(files, (folder) => {
      const source = { path: undefined, programName: `${folder}/p/bin/tsvd` };
      expect(load(folder, source).supervisord.identifier).toBe('p');
      mkdirSync(`${folder}/q/etc/supervisord.conf`, { recursive: true });
      const other = { path: undefined, programName: `${folder}/q/bin/tsvd` };
      expect(outcome(() => load(folder, other))).toEqual({
        error: `could not read config file ${folder}/q/etc/supervisord.conf`,
      });
    });
  });

  test('a file that was named must be there', () => {
    inTempFolder({}, (folder) => {
      expect(outcome(() => load(folder))).toEqual({ error: 'could not find config file x.conf' });
    });
  });
});

test('%(here)s is the folder of a path that may be relative', () => {
  inTempFolder({ 'etc/x.conf': '[supervisord]\nidentifier=%(here)s\n' }, (folder) => {
    expect(load(folder, { path: 'etc/x.conf' }).supervisord).toMatchObject({
      path: 'etc/x.conf',
      identifier: `${folder}/etc`,
    });
  });
});

test('folders of a path are followed as the kernel does, links and missing ones too', () => {
  const files = {
    'x.conf':
      '[supervisord]\npidfile=link/../beside/x.pid\n[include]\nfiles=link/../beside/*.ini\n',
    'far/away/place/f': '',
    'far/away/beside/p.ini': '[program:p]\ncommand=p\n',
  };
  inTempFolder(files, (folder) => {
    expect(outcome(() => load(folder))).toEqual({
      error: 'The directory named as part of the path link/../beside/x.pid does not exist',
    });
    symlinkSync('far/away/place', `${folder}/link`);
    expect(load(folder).groups.map((group) => group.name)).toEqual(['p']);
  });
});

test('an include that cannot be looked at matches nothing', () => {
  const words = ['x.conf/p.ini', 'x.conf/*.ini', 'loop/p.ini', 'n'.repeat(300)];
  inTempFolder({ 'x.conf': `[supervisord]\n[include]\nfiles=${words.join(' ')}\n` }, (folder) => {
    symlinkSync('loop', `${folder}/loop`);
    const warnings = words.map((word) => `No file matches via include "${folder}/${word}"`);
    expect(load(folder).messages.warn).toEqual(warnings);
  });
});

test('the command line wins over the file, whose values must be good all the same', () => {
  const overrides: SupervisordOverrides = {
    noDaemon: true,
    logfile: 'cli.log',
    umask: 0,
    user: 'web',
  };
  inTempFolder(
    {
      'x.conf': '[supervisord]\nlogfile=file.log\nuser=root\n',
      'bad.conf': '[supervisord]\numask=x\n',
    },
    (folder) => {
      expect(load(folder, { overrides }).supervisord).toMatchObject({
        noDaemon: true,
        logfile: `${folder}/cli.log`,
        umask: 0,
        user: { uid: 4242, gid: null },
      });
      expect(() => load(folder, { path: 'bad.conf', overrides })).toThrow('octal');
    },
  );
});

test('a reread does not look the user of the daemon up', () => {
  inTempFolder({ 'x.conf': '[supervisord]\nuser=gone\n' }, (folder) => {
    expect(() => load(folder)).toThrow('Invalid user name gone');
    expect(load(folder, { isReread: true }).supervisord.user).toBeNull();
  });
});

test("variables of an earlier reading can still be used, but are not the process's own", () => {
  const file = '[supervisord]\nidentifier=%(ENV_OLD)s\ndirectory=~\n';
  inTempFolder({ 'x.conf': file, 'home/x': '' }, (folder) => {
    const environment = { HOME: `${folder}/home` };
    const remembered = { OLD: 'old', HOME: '/nowhere' };
    expect(load(folder, { environment, remembered }).supervisord).toMatchObject({
      identifier: 'old',
      directory: `${folder}/home`,
    });
  });
});

test('an error knows its file, line, section and option', () => {
  inTempFolder(
    {
      'x.conf': '[supervisord]\n[include]\nfiles=a.conf\n',
      'a.conf': '[program:a]\n\nstartsecs=x\n',
    },
    (folder) => {
      expect(caught(() => load(folder))).toMatchObject({
        name: 'ConfigError',
        code: 'CONFIG',
        file: `${folder}/a.conf`,
        line: 3,
        section: 'program:a',
        option: 'startsecs',
      });
    },
  );
});

test('whoever can load plug-ins says which', () => {
  const file =
    '[supervisord]\n[rpcinterface:x]\nsupervisor.rpcinterface_factory=./x.js:make\nSize=1\n';
  inTempFolder({ 'x.conf': file }, (folder) => {
    const resolvable = (_kind: string, spec: string): true | string =>
      spec.includes('.js:') || 'no';
    expect(load(folder, { resolvable }).rpcInterfaces).toEqual([
      { name: 'x', factory: './x.js:make', options: { size: '1' } },
    ]);
  });
});

test('five thousand programs are read in well under the time that anybody notices', () => {
  const programs = Array.from(
    { length: 5000 },
    (_, index) => `[program:p${index}]\ncommand=/bin/cat %(program_name)s\nstdout_logfile=p.log\n`,
  );
  inTempFolder({ 'x.conf': `[supervisord]\n${programs.join('')}` }, (folder) => {
    const start = performance.now();
    expect(describeConfig(load(folder), folder)).toHaveProperty('groups.length', 5000);
    // Far above what it takes (0.5 s on a small machine), far below what quadratic time would take.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('tsvctl', () => {
  const control = (folder: string, path: string | undefined, overrides = {}) =>
    loadControlConfig({
      ...common,
      path,
      overrides,
      cwd: folder,
      environment: { HOME: '/home/me' },
    });

  test('reads [supervisorctl]', () => {
    const file =
      '[supervisorctl]\nserverurl=unix://%(here)s/../s.sock\nusername=u\npassword=p ; no\nhistory_file=~/h\n[include]\nfiles=%(\n';
    inTempFolder({ 'etc/x.conf': file }, (folder) => {
      expect(control(folder, 'etc/x.conf')).toEqual({
        path: 'etc/x.conf',
        serverUrl: `unix://${folder}/s.sock`,
        username: 'u',
        password: 'p',
        prompt: 'supervisor',
        historyFile: '/home/me/h',
        tlsCa: null,
        tlsCert: null,
        tlsKey: null,
        plugins: [],
      });
    });
  });

  test('reads the files of TLS, a certificate only with its key', () => {
    const file = (...lines: string[]): string =>
      ['[supervisorctl]', 'serverurl=https://web1:9001', ...lines, ''].join('\n');
    const files = {
      'a.conf': file('tls_ca=%(here)s/ca.pem', 'tls_cert=~/c.pem', 'tls_key=~/c.key'),
      'b.conf': file('tls_cert=c.pem'),
      'c.conf': file('tls_key=c.key'),
    };
    inTempFolder(files, (folder) => {
      expect(control(folder, 'a.conf')).toMatchObject({
        serverUrl: 'https://web1:9001',
        tlsCa: `${folder}/ca.pem`,
        tlsCert: '/home/me/c.pem',
        tlsKey: '/home/me/c.key',
      });
      for (const name of ['b.conf', 'c.conf']) {
        expect(JSON.stringify(outcome(() => control(folder, name)))).toContain(
          'tls_cert and tls_key must both be set, or neither',
        );
      }
    });
  });

  test('needs that section in a file that it finds', () => {
    inTempFolder({ 'x.conf': '[supervisord]\n' }, (folder) => {
      expect(outcome(() => control(folder, 'x.conf', { serverUrl: 'http://x' }))).toEqual({
        error: '.ini file does not include supervisorctl section',
      });
    });
  });

  test('takes an empty name for no file, and searches for none', () => {
    const file = '[supervisorctl]\nserverurl=http://a\n';
    inTempFolder({ 'supervisord.conf': file }, (folder) => {
      expect(control(folder, undefined)).toMatchObject({ serverUrl: 'http://a' });
      expect(control(folder, '')).toMatchObject({
        path: null,
        serverUrl: 'http://localhost:9001',
      });
    });
  });

  test('takes its command line first', () => {
    inTempFolder({ 'x.conf': '[supervisorctl]\nserverurl=http://a\n' }, (folder) => {
      expect(control(folder, 'x.conf', { serverUrl: 'unix://b/../c' }).serverUrl).toBe(
        'unix://b/../c',
      );
    });
  });

  test('reports a value that cannot be expanded', () => {
    inTempFolder({ 'x.conf': '[supervisorctl]\nprompt=%(here)s\n' }, (folder) => {
      expect(outcome(() => control(folder, 'x.conf'))).toEqual({
        error:
          "Format string '%(here)s' for 'supervisorctl.prompt' contains names ('here') which cannot be expanded. Available names: ENV_HOME",
      });
    });
  });
});

describe('checking', () => {
  const warnings = (folder: string): string[] =>
    checkConfig({ ...common, path: 'x.conf', overrides: {}, cwd: folder }).map(
      ({ message }) => message,
    );

  test('finds sections and options that mean nothing, and what may have been meant', () => {
    const file = [
      '[supervisord]',
      'lofgile=x',
      'autorestart=true',
      '[progam:web]',
      '[program:a]',
      'command=/bin/cat',
      'auto_restart=true',
      'nothing_like_it=1',
      '[rpcinterface:supervisor]',
      'supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface',
      'anything=1',
      '[DEFAULT]',
      'autostrat=false',
    ];
    inTempFolder({ 'x.conf': file.join('\n') }, (folder) => {
      expect(warnings(folder)).toEqual([
        'x.conf:2: [supervisord] has no option "lofgile"; did you mean "logfile"?',
        'x.conf:3: [supervisord] has no option "autorestart"; [program:x] has one',
        'x.conf:4: [progam:web] means nothing; did you mean [program:web]?',
        'x.conf:7: [program:a] has no option "auto_restart"; did you mean "autorestart"?',
        'x.conf:8: [program:a] has no option "nothing_like_it"',
        'x.conf:13: [DEFAULT] has no option "autostrat"; did you mean "autostart"?',
      ]);
    });
  });

  test('finds what an indent has made part of another value', () => {
    const file =
      '[supervisord]\n[program:a]\ncommand=/bin/cat\n  autostart=false\nenvironment=\n user=1\ndirectory=/\n [program:b]\n';
    inTempFolder({ 'x.conf': file }, (folder) => {
      expect(warnings(folder)).toEqual([
        'x.conf:3: [program:a] command: the line "autostart=false" is part of this value, because it is indented',
        'x.conf:7: [program:a] directory: the line "[program:b]" is part of this value, because it is indented',
      ]);
    });
  });

  test('finds a command that no start can make words of', () => {
    const file = [
      '[supervisord]',
      '[program:a]',
      "command=sh -c 'echo",
      '[eventlistener:b]',
      'command=cat \\',
      '[program:c]',
      'command=sh -c "it\'s"',
    ];
    inTempFolder({ 'x.conf': file.join('\n') }, (folder) => {
      expect(warnings(folder)).toEqual([
        'x.conf:3: [program:a] command: it cannot be split into words: No closing quotation',
        'x.conf:5: [eventlistener:b] command: it cannot be split into words: No escaped character',
      ]);
    });
  });

  test('finds the slip that makes a start refuse the file', () => {
    inTempFolder({ 'x.conf': '[supervisord]\n[program:a]\ncomand=/bin/cat\n' }, (folder) => {
      expect(warnings(folder)).toEqual([
        'x.conf:3: [program:a] has no option "comand"; did you mean "command"?',
      ]);
    });
  });

  test('finds what only counts in the main file', () => {
    const files = {
      'x.conf': '[supervisord]\n[include]\nfiles=a.ini\n',
      'a.ini': '[supervisorctl]\nserverurl=http://x\n',
    };
    inTempFolder(files, (folder) => {
      expect(warnings(folder)).toEqual([
        `${folder}/a.ini:2: [supervisorctl] serverurl: only the main file may set this`,
      ]);
    });
  });

  test('says nothing of a good file', () => {
    inTempFolder({ 'x.conf': '[supervisord]\n[inet_http_server:b]\nport=1\n' }, (folder) => {
      expect(warnings(folder)).toEqual([]);
    });
  });
});

describe('an observer', () => {
  const reading = (folder: string): string[] => {
    const seen: string[] = [];
    const observer = {
      file: (path: string, content: Uint8Array | undefined) =>
        seen.push(`${path.slice(folder.length)} ${content?.length ?? 'cannot be read'}`),
      pattern: (pattern: string) => seen.push(`pattern ${pattern.slice(folder.length)}`),
    };
    caught(() => load(folder, { observer }));
    return seen;
  };

  test('is told of each file that was read, and of the patterns that led to them', () => {
    const files = { 'x.conf': '[supervisord]\n[include]\nfiles=c/*.conf\n', 'c/a.conf': '' };
    inTempFolder(files, (folder) => {
      expect(reading(folder)).toEqual(['/x.conf 39', 'pattern /c/*.conf', '/c/a.conf 0']);
    });
  });

  test('is told so far as a reading goes that fails', () => {
    const files = { 'x.conf': '[include]\nfiles=*.ini\n', 'a.ini': 'x', 'b.ini': '' };
    inTempFolder(files, (folder) => {
      expect(reading(folder)).toEqual(['/x.conf 22', 'pattern /*.ini', '/a.ini 1']);
    });
    inTempFolder({}, (folder) => expect(reading(folder)).toEqual(['/x.conf cannot be read']));
  });
});

test('a pipe among the included files holds nothing up', () => {
  const files = {
    'x.conf': '[supervisord]\n[include]\nfiles=c/*.conf\n',
    'c/b.conf': '[program:web]\ncommand=/bin/web\n',
  };
  inTempFolder(files, (folder) => {
    execFileSync('mkfifo', [`${folder}/c/a.conf`]);
    expect(load(folder).groups.map(({ name }) => name)).toEqual(['web']);
  });
});
