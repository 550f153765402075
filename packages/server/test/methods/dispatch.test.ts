import { describe, expect, test } from '@jest/globals';

import {
  COMPACT_TYPE,
  decodeResponse,
  encodeRequest,
  supervisorAliases,
  supervisorMethods,
} from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import type { Request } from '../../src/http/message.ts';
import { pollReader, rpcEndpoint } from '../../src/methods/endpoint.ts';
import { builtInTable } from '../../src/methods/interfaces.ts';
import { single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';

const setUp = () => {
  const daemon = daemonOf([single('web', { startSeconds: 0 })]);
  const table = builtInTable(daemon);
  const post = async (body: string, accept = 'text/xml') => {
    const header = (name: string) => (name === 'accept' ? accept : undefined);
    const request = { method: 'POST', header, body: async () => Buffer.from(body) };
    const reply = await rpcEndpoint(request as Request, table, daemon.logger);
    if (!('body' in reply)) throw new Error('a reply without a body');
    return reply;
  };
  return {
    ...daemon,
    table,
    post,
    call: async (name: string, ...parameters: RpcValue[]) =>
      (await post(encodeRequest(name, parameters))).body.toString(),
  };
};

describe('a call', () => {
  test('is answered in the very bytes that clients know', async () => {
    const { post, logger } = setUp();
    const reply = await post(encodeRequest('supervisor.getVersion', []));
    expect(reply.body.toString()).toBe(
      "<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n<value><string>3.0</string></value>\n</param>\n</params>\n</methodResponse>\n",
    );
    expect(reply.headers).toEqual([
      ['Content-Type', 'text/xml'],
      ['Content-Length', String(reply.body.length)],
    ]);
    expect(logger.lines).toEqual([
      'trace XML-RPC method called: supervisor.getVersion()',
      'trace XML-RPC method supervisor.getVersion() returned successfully',
    ]);
  });

  test('is answered in JSON for a client that asks for it by name', async () => {
    const { post } = setUp();
    const body = encodeRequest('supervisor.getAllProcessInfo', []);
    const reply = await post(body, `text/xml, ${COMPACT_TYPE}`);
    expect(reply.headers[0]).toEqual(['Content-Type', COMPACT_TYPE]);
    const xml = decodeResponse((await post(body, 'application/json, */*')).body);
    expect(JSON.parse(reply.body.toString())).toEqual(xml);
  });

  test('that is refused is a fault, in the log too', async () => {
    const { call, logger } = setUp();
    expect(await call('supervisor.startProcess', 'a&b')).toContain(
      '<value><string>BAD_NAME: a&amp;b</string></value>',
    );
    expect(logger.lines[1]).toBe(
      'trace XML-RPC method supervisor.startProcess() returned fault: [10] BAD_NAME: a&b',
    );
  });

  test.each([
    'supervisor.supervisord.options.warnings.linecache.os.system',
    'supervisor.getState.constructor',
    'supervisor.__class__',
    'supervisor._getAllProcesses',
    'supervisor.constructor',
    'supervisor.toString',
    'constructor.constructor',
    '__proto__.toString',
    'system.__proto__',
    'system',
    '.',
    ' supervisor.getPID ',
    'supervisor.getpid',
    'nosuch.getPID',
    '__proto__',
    'hasOwnProperty',
  ])('of %j is of no method', async (name) => {
    const { call } = setUp();
    expect(await call(name, 'touch /tmp/x')).toContain('<string>UNKNOWN_METHOD</string>');
  });

  test.each([
    ['supervisor.getState', [1]],
    ['supervisor.startProcess', []],
    ['supervisor.startProcess', ['web', true, 1]],
    ['system.listMethods', [1]],
    ['system.multicall', []],
    ['supervisor.readProcessLog', ['web', [], 1]],
  ])('of %s with %j has the wrong parameters', async (name, parameters) => {
    const { call } = setUp();
    expect(await call(name, ...(parameters as RpcValue[]))).toContain(
      '<string>INCORRECT_PARAMETERS</string>',
    );
  });

  test('that is not XML-RPC is a bad request', async () => {
    const { post, logger } = setUp();
    await expect(post('<a')).rejects.toMatchObject({ status: 400 });
    await expect(post('<methodCall/>')).rejects.toMatchObject({ status: 400 });
    expect(logger.lines).toEqual([
      "error XML-RPC request data '<a' is invalid: unmarshallable",
      "error XML-RPC request data '<methodCall/>' is invalid: no method name",
    ]);
  });

  test('that fails for no reason of the caller is a 500, and the log knows why', async () => {
    const { post, logger } = setUp();
    const request = encodeRequest('supervisor.readProcessLog', ['web', 'x', 0]);
    await expect(post(request)).rejects.toMatchObject({ status: 500 });
    expect(logger.lines.at(-1)).toMatch(
      /^critical Handling XML-RPC request with data ".*" raised an unexpected exception: Traceback .*\nValueError: /s,
    );
  });

  test('is a POST', async () => {
    const { table, logger } = setUp();
    await expect(rpcEndpoint({ method: 'GET' } as Request, table, logger)).rejects.toMatchObject({
      status: 400,
    });
  });
});

test('there is a method for each of the contract, and no more', () => {
  const { table } = setUp();
  const names = [...Object.keys(supervisorMethods), ...Object.keys(supervisorAliases)];
  expect([...table.keys()].filter((name) => name.startsWith('supervisor.'))).toHaveLength(37);
  expect(names.every((name) => table.has(`supervisor.${name}`))).toBe(true);
});

test('a call that comes again is understood as the first time, whatever came between', () => {
  const read = pollReader();
  const call = (name: string, params = ''): Buffer =>
    Buffer.from(
      `<methodCall><methodName>${name}</methodName><params>${params}</params></methodCall>`,
    );
  const one = '<param><value><int>1</int></value></param>';
  const bodies = [call('a'), call('a'), call('b'), call('a', one), call('b'), call('a', one)];
  expect(bodies.map((body) => read(body))).toEqual([
    { methodName: 'a', params: [] },
    { methodName: 'a', params: [] },
    { methodName: 'b', params: [] },
    { methodName: 'a', params: [1] },
    { methodName: 'b', params: [] },
    { methodName: 'a', params: [1] },
  ]);
  expect(read(call('b'))).toBe(read(call('b')));
});
