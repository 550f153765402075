import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox, tsvdProgram } from './support/sandbox.ts';
import type { Ended } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

const tsvd = (...args: readonly string[]): Promise<Ended> => sandbox.run(tsvdProgram, args).ended();
const config = (): string => sandbox.path('supervisord.conf');

test.each(['-v', '--version', '--vers'])('%s shows the version', async (option) => {
  expect(await tsvd(option)).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
});

test.each(['-h', '-?', '--help'])('%s shows what there is', async (option) => {
  const { status, stdout, stderr } = await tsvd(option);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^supervisord -- .*\n\nUsage: .*tsvd \[options\]\n[^]*\n\n$/);
  for (const name of ['-c, --configuration', '--minprocs', '--print-config', '--check-config']) {
    expect(stdout).toContain(name);
  }
});

test.each([
  [['--bogus'], 'option --bogus not recognized'],
  [['-c'], 'option -c requires argument'],
  [['--nodaemon=1'], 'option --nodaemon must not have an argument'],
  [['--no'], 'option --no not a unique prefix'],
  [['foo'], "positional arguments are not supported: ['foo']"],
  [['-n', '--nodaemon'], "conflicting command line option '--nodaemon'"],
  [['-e', 'loud', '-v'], "invalid value for -e 'loud': bad logging level name 'loud'"],
  [['-c', '/no/such/file'], 'could not find config file /no/such/file'],
])('%j is refused', async (args, message) => {
  expect(await tsvd(...args)).toEqual({
    status: 2,
    stdout: '',
    stderr: `Error: ${message}\nFor help, use ${tsvdProgram} -h\n`,
  });
});

test('--print-config shows what would be in force, the command line included', async () => {
  sandbox.configure('[program:a]\ncommand=/bin/cat');
  const { status, stdout, stderr } = await tsvd('-c', config(), '-e', 'debug', '--print-config');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    supervisord: { loglevel: 'debug', pidfile: sandbox.path('d.pid') },
    groups: [{ name: 'a', processes: [{ command: '/bin/cat' }] }],
  });
});

test('--check-config accepts a good configuration in one line, and names slips', async () => {
  sandbox.configure('[program:a]\ncommand=/bin/cat\nautorestrt=true');
  expect(await tsvd('-c', config(), '--check-config')).toEqual({
    status: 0,
    stdout: `${config()} is valid: 1 group, 1 process, stopped within 10 seconds\n`,
    stderr: `Warning: ${config()}:14: [program:a] has no option "autorestrt"; did you mean "autorestart"?\n`,
  });
});

test('--check-config refuses what a start would refuse, and says where and perhaps why', async () => {
  sandbox.configure('[program:a]\ncomand=/bin/cat\nautostart=yess');
  const refused = await tsvd('-c', config(), '--check-config');
  expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 2, stdout: '' });
  expect(refused.stderr.split('\n')).toEqual([
    `Warning: ${config()}:13: [program:a] has no option "comand"; did you mean "command"?`,
    `Error: not a valid boolean value: 'yess' in section 'program:a' (file: '${config()}')`,
    `For help, use ${tsvdProgram} -h`,
    `tsvd: the error is in ${config()}:14: [program:a] autostart`,
    '',
  ]);
});

test('--check-config names an include that matches no file', async () => {
  sandbox.configure('[include]\nfiles=conf.d/*.conf');
  const { status, stderr } = await tsvd('-c', config(), '--check-config');
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: `Warning: No file matches via include "${sandbox.path('conf.d/*.conf')}"\n`,
  });
});
