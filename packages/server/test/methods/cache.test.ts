import { describe, expect, test } from '@jest/globals';

import { findMethod } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import { makeInterfaces, resolveInterfaces } from '../../src/methods/interfaces.ts';
import { daemonOf } from '../support/daemon.ts';

const FACTORY = 'supervisor_cache.rpcinterface:make_cache_rpcinterface';

async function cache() {
  const daemon = daemonOf([]);
  const sections = [{ name: 'cache', factory: FACTORY, options: {} }];
  const makers = await resolveInterfaces(sections, { path: '/supervisord.conf' });
  const table = makeInterfaces(makers, daemon, daemon.logger);
  return (method: string, ...parameters: RpcValue[]) =>
    findMethod(table, `cache.${method}`).call(parameters);
}

describe('the cache', () => {
  test('keeps values of any kind until they are deleted', async () => {
    const call = await cache();
    expect(call('getAPIVersion')).toBe('0.2');
    expect(call('store', 'b', { a: [1, 'two'] })).toBe(true);
    expect(call('store', 'a', 'old')).toBe(true);
    expect(call('store', 'a', 'new')).toBe(true);
    expect(call('getKeys')).toEqual(['a', 'b']);
    expect(call('getCount')).toBe(2);
    expect(call('fetch', 'a')).toBe('new');
    expect(call('fetch', 'b')).toEqual({ a: [1, 'two'] });
    expect(call('delete', 'a')).toBe(true);
    expect(call('delete', 'a')).toBe(true);
    expect(call('clear')).toBe(true);
    expect(call('getCount')).toBe(0);
  });

  test.each<[string, RpcValue[], string]>([
    ['fetch', ['none'], 'BAD_NAME'],
    ['fetch', ['__proto__'], 'BAD_NAME'],
    ['fetch', [''], 'BAD_NAME: Cache key must be a non-empty string'],
    ['store', [7, 'x'], 'BAD_NAME: Cache key must be a non-empty string'],
    ['delete', [['a']], 'BAD_NAME: Cache key must be a non-empty string'],
    ['store', ['key'], 'INCORRECT_PARAMETERS'],
    ['clear', ['key'], 'INCORRECT_PARAMETERS'],
  ])('refuses %s%j', async (method, parameters, text) => {
    const call = await cache();
    expect(() => call(method, ...parameters)).toThrow(expect.objectContaining({ text }));
  });
});
