import { describe, expect, test } from '@jest/globals';

import { findMethod } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { builtInTable } from '../../src/methods/interfaces.ts';
import { single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';
import { waitFor } from '../support/wait-for.ts';

const setUp = () => {
  const daemon = daemonOf([single('web', { startSeconds: 0 }), single('other')]);
  const table = builtInTable(daemon);
  return {
    ...daemon,
    call: (name: string, ...parameters: RpcValue[]): Promise<RpcValue> => {
      const result = (async () => findMethod(table, `system.${name}`).call(parameters))();
      // What needs no time gets none.
      daemon.clock.advance(0);
      return result;
    },
  };
};

const call = (methodName: string, ...params: RpcValue[]) => ({ methodName, params });

describe('what can be called', () => {
  test('is listed in order, aliases included', async () => {
    const names = (await setUp().call('listMethods')) as string[];
    expect(names).toHaveLength(41);
    expect(names).toEqual(names.toSorted());
    expect(names).toContain('supervisor.readMainLog');
  });

  test('is described', async () => {
    const { call: ask } = setUp();
    expect(await ask('methodHelp', 'supervisor.startProcess')).toMatch(/@param string name/);
    expect(await ask('methodSignature', 'supervisor.startProcess')).toEqual([
      'boolean',
      'string',
      'boolean',
    ]);
  });

  test.each(['methodHelp', 'methodSignature'])('has no %s for what there is not', async (name) => {
    for (const method of ['supervisor.nosuch', 'nosuch', 5, '__proto__.x']) {
      await expect(setUp().call(name, method)).rejects.toMatchObject({
        code: 4,
        text: 'SIGNATURE_UNSUPPORTED',
      });
    }
  });
});

describe('system.multicall', () => {
  test('gives raw values and faults, in order', async () => {
    expect(
      await setUp().call('multicall', [
        call('supervisor.getAPIVersion'),
        call('supervisor.startProcess', 'nosuch'),
        { methodName: 'system.listMethods' },
        call('a.b.c'),
        { params: [] },
        call('system.multicall', []),
        call('supervisor.readLog', 'x', 1),
      ] as unknown as RpcValue),
    ).toEqual([
      '3.0',
      { faultCode: 10, faultString: 'BAD_NAME: nosuch' },
      expect.arrayContaining(['system.multicall']),
      { faultCode: 1, faultString: 'UNKNOWN_METHOD' },
      { faultCode: 2, faultString: 'INCORRECT_PARAMETERS: No methodName' },
      { faultCode: 2, faultString: 'INCORRECT_PARAMETERS: Recursive system.multicall forbidden' },
      {
        faultCode: 30,
        faultString: "FAILED: <class 'ValueError'>:invalid literal for int() with base 10: 'x'",
      },
    ]);
  });

  test('begins a call when the one before has finished', async () => {
    const { call: ask, clock, end, kernel } = setUp();
    await ask('multicall', [call('supervisor.startProcess', 'web')]);
    const result = ask('multicall', [
      call('supervisor.stopProcess', 'web'),
      call('supervisor.startProcess', 'web'),
      call('supervisor.getState'),
    ]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(kernel.children).toHaveLength(1);
    end('web', 15);
    await waitFor('the second start', () => kernel.children.length === 2);
    clock.advance(0);
    expect(await result).toEqual([true, true, { statecode: 1, statename: 'RUNNING' }]);
    expect(kernel.children).toHaveLength(2);
  });

  test('is refused what is no list of calls', async () => {
    await expect(setUp().call('multicall', 5)).rejects.toMatchObject({ code: 2 });
    await expect(setUp().call('multicall', [5])).rejects.toThrow('a call in system.multicall is 5');
  });

  test('takes a text for the list of its letters', async () => {
    await expect(setUp().call('multicall', 'x')).rejects.toThrow(
      "a call in system.multicall is 'x'",
    );
    expect(
      await setUp().call('multicall', [
        { methodName: 'supervisor.getAPIVersion', params: '' },
        { methodName: 'supervisor.getProcessInfo', params: 'x' },
      ]),
    ).toEqual(['3.0', { faultCode: 10, faultString: 'BAD_NAME: x' }]);
  });
});
