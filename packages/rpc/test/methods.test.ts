import { expect, test } from '@jest/globals';

import {
  acceptsCount,
  faultsOf,
  inNamespace,
  methodHelp,
  methods,
  methodSignature,
  signatureInHelp,
  supervisorAliases,
  pythonStr,
  supervisorMethods,
} from '@tsvisor/rpc';
import type {
  Handlers,
  MethodName,
  MethodParams,
  MethodResult,
  NamedMethod,
  RpcValue,
  systemMethods,
} from '@tsvisor/rpc';

function row(name: string): NamedMethod {
  const found = methods.get(name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

const signatures: Readonly<Record<string, string>> = {
  'supervisor.addProcessGroup': 'boolean string',
  'supervisor.clearAllProcessLogs': 'array',
  'supervisor.clearLog': 'boolean',
  'supervisor.clearProcessLog': 'boolean string',
  'supervisor.clearProcessLogs': 'boolean string',
  'supervisor.getAPIVersion': 'string',
  'supervisor.getAllConfigInfo': 'array',
  'supervisor.getAllProcessInfo': 'array',
  'supervisor.getIdentification': 'string',
  'supervisor.getPID': 'int',
  'supervisor.getProcessInfo': 'struct string',
  'supervisor.getState': 'struct',
  'supervisor.getSupervisorVersion': 'string',
  'supervisor.getVersion': 'string',
  'supervisor.readLog': 'string int int',
  'supervisor.readMainLog': 'string int int',
  'supervisor.readProcessLog': 'string string int int',
  'supervisor.readProcessStderrLog': 'string string int int',
  'supervisor.readProcessStdoutLog': 'string string int int',
  'supervisor.reloadConfig': 'array',
  'supervisor.removeProcessGroup': 'boolean string',
  'supervisor.restart': 'boolean',
  'supervisor.sendProcessStdin': 'boolean string string',
  'supervisor.sendRemoteCommEvent': 'boolean string string',
  'supervisor.shutdown': 'boolean',
  'supervisor.signalAllProcesses': 'array string',
  'supervisor.signalProcess': 'boolean string string',
  'supervisor.signalProcessGroup': 'array string string',
  'supervisor.startAllProcesses': 'array boolean',
  'supervisor.startProcess': 'boolean string boolean',
  'supervisor.startProcessGroup': 'array string boolean',
  'supervisor.stopAllProcesses': 'array boolean',
  'supervisor.stopProcess': 'boolean string boolean',
  'supervisor.stopProcessGroup': 'array string boolean',
  'supervisor.tailProcessLog': 'array string int int',
  'supervisor.tailProcessStderrLog': 'array string int int',
  'supervisor.tailProcessStdoutLog': 'array string int int',
  'system.listMethods': 'array',
  'system.methodHelp': 'string string',
  'system.methodSignature': 'array string',
  'system.multicall': 'array array',
};

test('there are 41 methods, listed in order', () => {
  expect([...methods.keys()]).toEqual(Object.keys(signatures));
  expect(methods.size).toBe(41);
});

test.each(Object.entries(signatures))('%s has the signature %s', (name, signature) => {
  expect(methodSignature(row(name)).join(' ')).toBe(signature);
});

test.each(Object.keys(signatures))('the help of %s tells its signature', (name) => {
  const help = methodHelp(row(name));
  expect(signatureInHelp(help)).toEqual(methodSignature(row(name)));
  expect(help).toMatch(/^[A-Z].*[.]$/m);
});

test('help is a description and a line per parameter and result', () => {
  expect(methodHelp(row('supervisor.stopProcess'))).toBe(
    [
      'Stops a process.',
      '',
      '@param string name  The process: name, or group:name, or group:* for a whole group.',
      '@param boolean wait  Whether to answer only once it has stopped.',
      '@return boolean result  True; for group:* an array of status structs.',
    ].join('\n'),
  );
});

test("a plug-in's doc text gives a signature only with a @return line", () => {
  expect(
    signatureInHelp('  Does it.\n  @param int a  A.\n  @param string\n  @return struct x'),
  ).toEqual(['struct', 'int', 'string']);
  expect(signatureInHelp('Does it.\n@param int a')).toBeUndefined();
});

test('an alias is the same method under another name', () => {
  for (const [alias, original] of Object.entries(supervisorAliases)) {
    expect(row(`supervisor.${alias}`)).toEqual({
      ...row(`supervisor.${original}`),
      name: `supervisor.${alias}`,
      aliasOf: `supervisor.${original}`,
    });
  }
});

test('the configuration may give the methods another namespace', () => {
  const names = inNamespace('main', supervisorMethods, supervisorAliases).map(({ name }) => name);
  expect(names).toHaveLength(37);
  expect(names).toContain('main.getVersion');
});

test('parameters with a default may be left out', () => {
  const counts = (name: string): number[] =>
    [0, 1, 2, 3].filter((count) => acceptsCount(row(name), count));
  expect(counts('supervisor.getState')).toEqual([0]);
  expect(counts('supervisor.startProcess')).toEqual([1, 2]);
  expect(counts('supervisor.stopAllProcesses')).toEqual([0, 1]);
  expect(counts('supervisor.readLog')).toEqual([2]);
});

test('all of supervisor but remote events is refused once the daemon leaves; system never', () => {
  const open = [...methods.values()].filter(({ gated }) => !gated).map(({ name }) => name);
  expect(open).toEqual([
    'supervisor.sendRemoteCommEvent',
    'system.listMethods',
    'system.methodHelp',
    'system.methodSignature',
    'system.multicall',
  ]);
  expect(faultsOf(row('supervisor.getProcessInfo'))).toEqual([
    'INCORRECT_PARAMETERS',
    'SHUTDOWN_STATE',
    'BAD_NAME',
  ]);
});

test('the table types parameters and results', () => {
  // Compiled, which is the test: each line stands for what a caller writes.
  const start: MethodParams<'supervisor.startProcess'>[] = [['web'], ['web', false]];
  const signal: MethodParams<'supervisor.signalAllProcesses'>[] = [['HUP'], [1]];
  const tail: MethodResult<'supervisor.tailProcessLog'> = ['text', 4, false];
  const reload: MethodResult<'supervisor.reloadConfig'> = [[['added'], [], []]];
  const pidOf = (info: MethodResult<'supervisor.getProcessInfo'>): number => info.pid;
  // @ts-expect-error: a name is a string
  const wrongName: MethodParams<'supervisor.startProcess'> = [1];
  // @ts-expect-error: a name is needed
  const noName: MethodParams<'supervisor.startProcess'> = [];
  // @ts-expect-error: there is no such method
  type NoMethod = MethodParams<'supervisor.nope'>;
  const noMethod: NoMethod | undefined = undefined;
  // Whatever a method returns can be sent.
  const sent = (result: MethodResult<MethodName>): RpcValue => result;
  const system: Pick<Handlers<typeof systemMethods>, 'methodHelp' | 'listMethods'> = {
    methodHelp: (name) => Promise.resolve(`help of ${pythonStr(name ?? null)}`),
    listMethods: () => ['system.methodHelp'],
  };
  expect([
    sent,
    system,
    start,
    signal,
    tail,
    reload,
    pidOf,
    wrongName,
    noName,
    noMethod,
  ]).toHaveLength(10);
});
