import { expect, test } from '@jest/globals';

import { hostsOf } from '../../src/fleet/inventory.ts';

// As `ini` reads it: sections nest on dots, `name[]` is a list.
const inventory = {
  username: 'ops',
  password: 'secret',
  web: { web1: 'http://web1:8000', web2: 'web2' },
  db: { username: 'dba', password: 'x', 'db1.example.com': 'http://joe:p%40ss@[::1]:9002/' },
  eu: { local: 'unix:///run/s.sock', north: { web3: 'web3:9001' } },
  everywhere: { groups: ['web', 'eu'] },
};

const labels = (...names: string[]): string[] =>
  hostsOf(inventory, names, 'f').map((host) => host.label);

test.each([
  [['web'], ['web1', 'web2']],
  [
    ['web2', 'db'],
    ['web2', 'db1.example.com'],
  ],
  [['eu'], ['local', 'web3']],
  [['eu.north'], ['web3']],
  [['everywhere'], ['web1', 'web2', 'local', 'web3']],
  [['all'], ['web1', 'web2', 'db1.example.com', 'local', 'web3']],
  [
    ['web', 'web1'],
    ['web1', 'web2'],
  ],
])('%j are the hosts %j', (names, hosts) => {
  expect(labels(...names)).toEqual(hosts);
});

test('a host has the credentials of its URL, of its section, or of the file', () => {
  const servers = hostsOf(inventory, ['web2', 'db1.example.com', 'local'], 'f').map(
    (host) => host.server,
  );
  expect(servers).toEqual([
    { url: 'http://web2:9001', username: 'ops', password: 'secret' },
    { url: 'http://[::1]:9002', username: 'joe', password: 'p@ss' },
    { url: 'unix:///run/s.sock', username: 'ops', password: 'secret' },
  ]);
});

test('a host may be reached by TLS', () => {
  const hosts = hostsOf({ web: { web1: 'https://joe:x@web1' } }, ['web'], 'f');
  expect(hosts.map((host) => host.server)).toEqual([
    { url: 'https://web1:9001', username: 'joe', password: 'x' },
  ]);
});

test('groups that take in each other end', () => {
  const circular = { a: { one: 'one', groups: ['b'] }, b: { two: 'two', groups: ['a'] } };
  expect(hostsOf(circular, ['a'], 'f').map((host) => host.label)).toEqual(['one', 'two']);
});

test('a name that is not there is told with those that are', () => {
  expect(() => labels('nosuch')).toThrow(
    'inventory f has no group or host nosuch (its groups: db, eu, eu.north, everywhere, web)',
  );
});

test('what is no server is told with the host', () => {
  expect(() => hostsOf({ web: { web1: 'ftp://x' } }, ['web'], 'f')).toThrow(
    'host web1 = ftp://x of the inventory is not http://host:port, https://host:port, host:port or unix:///path',
  );
});
