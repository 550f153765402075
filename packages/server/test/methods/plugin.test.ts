import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { RpcInterfaceConfig } from '@tsvisor/core';
import { findMethod } from '@tsvisor/rpc';

import { daemonMethods } from '../../src/methods/daemon.ts';
import { BUILT_IN, makeInterfaces, resolveInterfaces } from '../../src/methods/interfaces.ts';
import { pluginNamespace } from '../../src/methods/plugin.ts';
import { config, single } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';
import { folder } from '../support/folder.ts';

class Weather {
  readonly city = 'Ghent';
  static forecast = () => 'never';
  rain(millimetres: number): string {
    return `${this.city} ${millimetres}`;
  }
  async later(): Promise<string> {
    throw Object.assign(new Error('no idea'), { code: 4711 });
  }
  _secret(): string {
    return 'secret';
  }
}

describe('a plug-in', () => {
  const [, methods] = pluginNamespace('weather', new Weather());

  test('shows its public methods and nothing else', () => {
    expect([...methods.keys()].toSorted()).toEqual(['later', 'rain']);
  });

  test('is called as itself', () => {
    expect(methods.get('rain')?.call([3])).toBe('Ghent 3');
    expect(() => methods.get('rain')?.call([])).toThrow('INCORRECT_PARAMETERS');
  });

  test('may refuse with a number of its own', async () => {
    await expect(methods.get('later')?.call([])).rejects.toMatchObject({
      code: 4711,
      text: 'UNKNOWN: no idea',
    });
  });

  test('may describe its methods', () => {
    const say = Object.assign(() => 'hi', {
      help: 'Says hi.\n@param string who\n@return string hi',
    });
    const described = pluginNamespace('x', { say })[1].get('say');
    expect(described?.signature).toEqual(['string', 'string']);
    expect(methods.get('rain')).toMatchObject({ help: 'None', signature: undefined });
  });
});

test('a method of a plug-in changes something unless it says that it does not', () => {
  const look = Object.assign(() => 'rain', { changes: false });
  const [, methods] = pluginNamespace('x', { look, pour: () => true });
  expect(methods.get('look')?.changes).toBe(false);
  expect(methods.get('pour')?.changes).toBe(true);
});

describe('a section [rpcinterface:…]', () => {
  const section = (name: string, factory: string) => ({ name, factory, options: { key: 'v' } });
  const tableFor = async (...sections: RpcInterfaceConfig[]) => {
    const daemon = daemonOf([single('web')]);
    const makers = await resolveInterfaces(sections, { path: '/supervisord.conf' });
    return { table: makeInterfaces(makers, daemon, daemon.logger), logger: daemon.logger };
  };

  test('gives the built-in interface its name', async () => {
    const { table, logger } = await tableFor({ ...section('super', BUILT_IN), options: {} });
    expect(await findMethod(table, 'super.getPID').call([])).toBe(77);
    expect(() => findMethod(table, 'supervisor.getPID')).toThrow('UNKNOWN_METHOD');
    expect(logger.lines).toEqual(["info RPC interface 'super' initialized"]);
  });

  test('may be missing: then there is system.* only', async () => {
    const { table } = await tableFor();
    expect([...table.keys()].every((name) => name.startsWith('system.'))).toBe(true);
  });

  test('that names no module we can load says so, and what would do', async () => {
    const file = join(folder(), 'none.js');
    await expect(tableFor(section('x', `${file}:make`))).rejects.toThrow(
      new RegExp(`^${file}:make cannot be resolved within \\[rpcinterface:x\\]: `),
    );
    await expect(tableFor(section('x', 'superlance.rpc:make'))).rejects.toThrow(
      /^superlance\.rpc:make cannot be resolved within \[rpcinterface:x\]: No module named 'superlance\.rpc' .*possible: supervisor\.rpcinterface:make_main_rpcinterface, .*a JavaScript module/,
    );
  });

  test('is looked for beside the configuration file', async () => {
    const home = folder();
    writeFileSync(join(home, 'hi.mjs'), 'export const make = () => ({ say: (word) => word });');
    const daemon = daemonOf([]);
    const sections = [section('x', './hi.mjs:make')];
    const makers = await resolveInterfaces(sections, { path: join(home, 'supervisord.conf') });
    const table = makeInterfaces(makers, daemon, daemon.logger);
    expect(findMethod(table, 'x.say').call(['hi'])).toBe('hi');
  });

  test('is looked at again by a reread, which changes nothing if it cannot be had', async () => {
    const home = folder();
    const daemon = daemonOf([single('web')]);
    const reread = async (factory: string): Promise<unknown> => {
      const next = config([single('new')]);
      daemon.next = {
        ...next,
        supervisord: { ...next.supervisord, path: join(home, 'supervisord.conf') },
        rpcInterfaces: [section('x', factory)],
      };
      return daemonMethods.reloadConfig(daemon);
    };
    await expect(reread('none.mjs:make')).rejects.toMatchObject({
      code: 92,
      text: `CANT_REREAD: none.mjs:make cannot be resolved within [rpcinterface:x]: there is no file ${home}/none.mjs`,
    });
    expect(daemon.supervisor.config.groups.map(({ name }) => name)).toEqual(['web']);
    writeFileSync(join(home, 'some.mjs'), 'export const make = () => ({});');
    expect(await reread('some.mjs:make')).toEqual([[['new'], [], ['web']]]);
  });

  test('that takes no options is not made with one', async () => {
    const daemon = daemonOf([]);
    const main = { name: 'supervisor', factory: BUILT_IN, options: { retries: '1' } };
    const makers = await resolveInterfaces([main], { path: '/supervisord.conf' });
    expect(() => makeInterfaces(makers, daemon, daemon.logger)).toThrow(
      'Could not make supervisor rpc interface',
    );
    expect(daemon.logger.lines[0]).toMatch(
      /^warn Traceback [^]*\nTypeError: make_main_rpcinterface\(\) got an unexpected keyword argument 'retries'/,
    );
  });

  test('whose factory fails ends the start', async () => {
    const daemon = daemonOf([]);
    const maker = {
      name: 'x',
      make: () => {
        throw new Error('no');
      },
    };
    expect(() => makeInterfaces([maker], daemon, daemon.logger)).toThrow(
      'Could not make x rpc interface',
    );
    expect(daemon.logger.lines[0]).toMatch(/^warn Traceback [^]*\nError: no/);
  });
});
