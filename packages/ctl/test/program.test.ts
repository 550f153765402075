import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import type { RpcValue } from '@tsvisor/rpc';

import { Unwritable } from '../src/errors.ts';
import { PlainInput } from '../src/input/plain-input.ts';
import { runProgram } from '../src/program.ts';
import { FakeOutput, processInfo } from './fake.ts';
import { startServer, type Fixture } from './server.ts';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await startServer({
    credentials: 'joe:secret',
    answer: (method, params): RpcValue => {
      if (method === 'supervisor.getSupervisorVersion') return '4.2.5';
      if (method === 'supervisor.getAllProcessInfo') return [{ ...processInfo('a', 'RUNNING') }];
      if (method === 'cache.flush') return `flushed ${JSON.stringify(params)}`;
      return '3.0';
    },
  });
});

afterEach(() => fixture.close());

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

async function run(
  argv: readonly string[],
  input = '',
  explains = false,
  output = new FakeOutput(),
): Promise<Ran> {
  const status = await runProgram(argv, {
    program: join(fixture.folder, 'bin/tsvctl'),
    environment: { SOCKET: fixture.url },
    output,
    openInput: () =>
      Promise.resolve(new PlainInput(() => Readable.from([Buffer.from(input)]), output)),
    interruptible: (work) => work(new AbortController().signal),
    explains,
  });
  return { out: output.text, err: output.errors, status };
}

function config(text: string): string {
  const path = join(fixture.folder, 'my.conf');
  writeFileSync(path, text);
  return path;
}

const whole = '[supervisorctl]\nserverurl=%(ENV_SOCKET)s\nusername=joe\npassword=secret\n';

test('the action is run on the daemon of the file', async () => {
  expect(await run(['-c', config(whole), 'version'])).toEqual({
    out: '4.2.5\n',
    err: '',
    status: 0,
  });
});

test('options come before the file', async () => {
  const path = config('[supervisorctl]\nserverurl=http://127.0.0.1:1\nusername=joe\n');
  const argv = ['-c', path, '-s', fixture.url, '-p', 'secret', 'version'];
  expect((await run(argv)).out).toBe('4.2.5\n');
});

test('words after the action are its own', async () => {
  const { out, status } = await run(['-c', config(whole), 'version', '-c', 'x']);
  expect(out).toMatch(/^Error: version accepts no arguments\n/);
  expect(status).toBe(1);
});

test('without an action it is a shell, whose exit status is 0', async () => {
  const { out, status } = await run(['-c', config(`${whole}prompt=me`)], 'version\nbogus\n');
  expect(out).toBe(
    `${'a'.padEnd(33)}RUNNING   pid 42, uptime 0:12:21\n` +
      'me> 4.2.5\nme> *** Unknown syntax: bogus\nme> \n',
  );
  expect(status).toBe(0);
});

test('an action with -i opens no shell', async () => {
  expect(await run(['-c', config(whole), '-i', 'version'], 'status\n')).toMatchObject({
    out: '4.2.5\n',
    status: 0,
  });
});

test.each([
  [['-z'], 'option -z not recognized'],
  [['--bogus'], 'option --bogus not recognized'],
  [['-s'], 'option -s requires argument'],
  [['-i', '-i'], "conflicting command line option '-i'"],
  [['-s', 'foo'], "invalid value for -s 'foo': value 'foo' is not a URL"],
  [['-c', '/nonexistent/x.conf'], 'could not find config file /nonexistent/x.conf'],
  [['--on', 'web', 'status'], 'option --on needs --hosts FILE'],
  [['--hosts', 'x'], 'option --hosts needs an action to run'],
])('%j is a usage error', async (argv, message) => {
  const { out, err, status } = await run(argv);
  const program = join(fixture.folder, 'bin/tsvctl');
  expect(err).toBe(`Error: ${message}\nFor help, use ${program} -h\n`);
  expect(out).toBe('');
  expect(status).toBe(2);
});

test.each([
  [undefined, ''],
  ['ENOSPC: no space left on device, write', 'ENOSPC: no space left on device, write\n'],
])('ends where its output cannot be written, and says why: %j', async (reason, said) => {
  const output = new FakeOutput();
  output.write = () => {
    throw new Unwritable(reason);
  };
  const { err, status } = await run(['-c', config(whole), 'status'], '', false, output);
  expect(err).toBe(said === '' ? '' : `Error: cannot write to standard output: ${said}`);
  expect(status).toBe(1);
});

test('a file without the section is refused even if -s is given', async () => {
  const { err, status } = await run(['-c', config('[x]\n'), '-s', fixture.url, 'version']);
  expect(err).toMatch(/^Error: \.ini file does not include supervisorctl section\n/);
  expect(status).toBe(2);
});

test('-h explains the program and nothing else is looked at', async () => {
  const { out, status } = await run(['-h', '-c', '/nonexistent']);
  expect(out).toMatch(/^tsvctl -- control applications .*\n\nUsage: .*\/bin\/tsvctl \[options\]/);
  expect(status).toBe(0);
});

test('where a daemon is not reached, standard error says what is there instead', async () => {
  const path = config(
    '[supervisorctl]\nserverurl=unix://%(here)s/none.sock\n[supervisord]\npidfile=/nonexistent/d.pid\n',
  );
  const { out, err, status } = await run(['-c', path, 'pid'], '', true);
  expect(out).toBe(`unix://${fixture.folder}/none.sock no such file\n`);
  expect(err).toBe(
    `tsvctl: tried unix://${fixture.folder}/none.sock (ENOENT)\n` +
      `tsvctl: there is no file ${fixture.folder}/none.sock\n` +
      `tsvctl: configuration read: ${path}\n` +
      'tsvctl: there is no pidfile /nonexistent/d.pid\n',
  );
  expect(status).toBe(7);
});

test('a plug-in adds actions, and is told where it cannot be loaded', async () => {
  writeFileSync(
    join(fixture.folder, 'cache.mjs'),
    `export function make(controller, options) {
       return {
         async do_flush(argument) {
           if (!(await controller.upcheck())) return;
           controller.output(await controller.call('cache.flush', argument) + options.end);
           controller.exitStatus = 9;
         },
         help_flush: () => 'flush <name>\\tEmpties it',
       };
     }\n`,
  );
  const section = '[ctlplugin:cache]\nsupervisor.ctl_factory=cache.mjs:make\nend=!\n';
  const path = config(whole + section);
  expect(await run(['-c', path, 'flush', 'all'])).toMatchObject({
    out: 'flushed ["all"]!\n',
    status: 9,
  });
  expect((await run(['-c', path, 'help', 'flush'])).out).toBe(
    '*** No help on flush\nflush <name>\tEmpties it\n',
  );
  const wrong = config(`${whole}[ctlplugin:cache]\nsupervisor.ctl_factory=cache.mjs:nothing\n`);
  const { err, status } = await run(['-c', wrong, 'flush']);
  expect(err).toContain('Error: cache.mjs:nothing cannot be resolved within [ctlplugin:cache]: ');
  expect(status).toBe(2);
});
