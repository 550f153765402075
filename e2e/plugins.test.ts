// [rpcinterface:x] and [ctlplugin:x]: modules of one's own, and those that are built in.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { callAny, clientOf } from './support/rpc.ts';
import { Sandbox, tsvdProgram } from './support/sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.close());

const call = (method: string, ...params: unknown[]): Promise<unknown> =>
  callAny(clientOf(box), method, ...params);

const module = 'export const make = (_s, { word }) => ({ say: (name) => `${word} ${name}` });';
const hello = (file: string, section = 'rpcinterface:hello'): string =>
  `[${section}]\nsupervisor.rpcinterface_factory = ${file}:make\nword = hello`;

const wrong = [
  ['./none.mjs', (folder: string) => `there is no file ${folder}/none.mjs`],
  ['./other.mjs', (folder: string) => `${folder}/other.mjs exports no make, but other`],
  [
    './text.mjs',
    (folder: string) => `make of ${folder}/text.mjs is no function, but of type string`,
  ],
  [
    'superlance.rpc',
    () => "No module named 'superlance.rpc' (Python plug-ins cannot be loaded; possible: ",
  ],
] as const;

function writeModules(): void {
  box.write('hello.mjs', module);
  box.write('other.mjs', 'export const other = 1;');
  box.write('text.mjs', 'export const make = "text";');
}

describe('an RPC interface in JavaScript', () => {
  test('is looked for beside the configuration file, wherever tsvd is started', async () => {
    writeModules();
    box.configure(hello('hello.mjs'));
    await box.startDaemon();
    expect(await call('hello.say', 'you')).toBe('hello you');
    await expect(call('hello.say')).rejects.toMatchObject({ code: 2 });
  });

  test.each(wrong)(
    '%s:make that cannot be had ends a start, and a check, with why',
    async (file, why) => {
      writeModules();
      box.configure(hello(file));
      const config = ['-c', box.path('supervisord.conf')];
      const message = `Error: ${file}:make cannot be resolved within [rpcinterface:hello]: ${why(box.folder)}`;
      for (const words of [['-n', ...config], [...config, '--check-config'], config]) {
        const { status, stderr } = await box.run(tsvdProgram, words).ended();
        expect({ words, status, stderr }).toEqual({
          words,
          status: 2,
          stderr: expect.stringContaining(message),
        });
        expect(stderr.split('\n')).toContain(`For help, use ${tsvdProgram} -h`);
      }
    },
  );

  test('is checked by a reread, which leaves everything as it was if it cannot be had', async () => {
    writeModules();
    box.configure(hello('hello.mjs'));
    await box.startDaemon();
    box.configure(`${hello('none.mjs')}\n[program:new]\ncommand=sleep 60`);
    const { stdout, status } = await box.ctl('reread');
    expect(stdout).toContain('ERROR: CANT_REREAD: none.mjs:make cannot be resolved within');
    expect(status).toBe(1);
    box.configure(`${hello('other.mjs')}\n${hello('hello.mjs', 'rpcinterface:b')}`);
    expect((await box.ctl('reread')).stdout).toContain('exports no make, but other');
    box.configure(`${hello('hello.mjs')}\n[program:new]\ncommand=sleep 60`);
    expect((await box.ctl('reread')).stdout).toBe('new: available\n');
  });
});

describe('an interface that Python’s supervisord has from a package', () => {
  test('is built in: programs come and go by the twiddler', async () => {
    box.configure(
      '[rpcinterface:twiddler]\nsupervisor.rpcinterface_factory = supervisor_twiddler.rpcinterface:make_twiddler_rpcinterface\n' +
        '[group:dynamic]\nprograms=',
    );
    await box.startDaemon();
    expect(await call('twiddler.getGroupNames')).toEqual(['dynamic']);
    const options = {
      command: 'sh -c "echo $GREETING from %(here)s; exec sleep 60"',
      environment: 'GREETING=hello',
      stdout_logfile: box.path('out.log'),
      startsecs: 0,
    };
    expect(await call('twiddler.addProgramToGroup', 'dynamic', 'new', options)).toBe(true);
    await box.waitForState('dynamic:new', 'RUNNING');
    expect((await box.ctl('stop', 'dynamic:new')).stdout).toBe('dynamic:new: stopped\n');
    expect(box.read('out.log')).toBe(`hello from ${box.folder}\n`);
    expect(await call('twiddler.removeProcessFromGroup', 'dynamic', 'new')).toBe(true);
    expect((await box.ctl('status', 'dynamic:new')).stdout).toBe(
      'dynamic:new: ERROR (no such process)\n',
    );
    await expect(call('twiddler.addProgramToGroup', 'dynamic', 'x', {})).rejects.toMatchObject({
      code: 2,
      text: expect.stringContaining('does not specify a command'),
    });
    await call('twiddler.log', 'twiddled', 'WARN');
    expect(box.read('main.log')).toMatch(/ WARN twiddled\n/);
  });

  test('is built in: the cache, and its actions in tsvctl', async () => {
    box.configure(
      [
        '[rpcinterface:cache]',
        'supervisor.rpcinterface_factory = supervisor_cache.rpcinterface:make_cache_rpcinterface',
        '[ctlplugin:cache]',
        'supervisor.ctl_factory = supervisor_cache.controllerplugin:make_cache_controllerplugin',
      ].join('\n'),
    );
    await box.startDaemon();
    expect(await box.ctl('cache_store', 'greeting', '"hello you"')).toMatchObject({
      stdout: '',
      status: 0,
    });
    expect(await call('cache.fetch', 'greeting')).toBe('hello you');
    expect((await box.ctl('cache_fetch', 'greeting')).stdout).toBe("'hello you'\n");
    expect((await box.ctl('cache_keys')).stdout).toBe("['greeting']\n");
    expect((await box.ctl('cache_count')).stdout).toBe('1\n');
    await box.ctl('cache_delete', 'greeting');
    const gone = await box.ctl('cache_fetch', 'greeting');
    expect(gone).toMatchObject({
      stdout: expect.stringContaining("<Fault 10: 'BAD_NAME'>"),
      status: 1,
    });
    expect((await box.ctl('cache_store', 'one')).stdout).toMatch(/^cache_store <key> <value>\t/);
    expect((await box.ctl('help')).stdout).toContain('cache commands (type help <topic>):');
  });
});

describe('an action of tsvctl in JavaScript', () => {
  test.each(wrong)('%s:make that cannot be had is an error of its section', async (file, why) => {
    writeModules();
    box.configure(`[ctlplugin:hello]\nsupervisor.ctl_factory = ${file}:make`);
    const { status, stderr } = await box.ctl('pid');
    expect(status).toBe(2);
    expect(stderr).toContain(
      `Error: ${file}:make cannot be resolved within [ctlplugin:hello]: ${why(box.folder)}`,
    );
  });
});
