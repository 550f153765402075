import { expect, test } from '@jest/globals';

import { changesOutsideGroups, type Config } from '../src/index.ts';

const config = (change: {
  supervisord?: object;
  servers?: readonly object[];
  rpcInterfaces?: readonly object[];
}): Config =>
  ({
    groups: [],
    messages: { critical: [], warn: [], info: [] },
    supervisord: { path: 'a', logLevel: 'info', forwardSignals: [], ...change.supervisord },
    servers: change.servers ?? [{ section: 'unix_http_server', password: 'secret' }],
    rpcInterfaces: change.rpcInterfaces ?? [],
  }) as unknown as Config;

test('the same read again differs in nothing', () => {
  expect(changesOutsideGroups(config({}), config({}))).toEqual([]);
});

test('an option is called as the file calls it', () => {
  expect(changesOutsideGroups(config({}), config({ supervisord: { logLevel: 'debug' } }))).toEqual([
    '[supervisord] loglevel',
  ]);
});

test('servers and interfaces that are new, gone or changed are named, and their secrets are not', () => {
  const changed = config({
    servers: [
      { section: 'unix_http_server', password: 'other' },
      { section: 'inet_http_server', port: 1 },
    ],
    rpcInterfaces: [{ name: 'twiddler', factory: 'a:b', options: {} }],
  });
  const names = ['[unix_http_server]', '[inet_http_server]', '[rpcinterface:twiddler]'];
  expect(changesOutsideGroups(config({}), changed)).toEqual(names);
  expect(changesOutsideGroups(changed, config({}))).toEqual(names);
});
