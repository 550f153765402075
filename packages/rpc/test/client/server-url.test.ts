import { expect, test } from '@jest/globals';

import { ClientError, parseServerUrl } from '@tsvisor/rpc';

test.each<[string, object]>([
  ['unix:///run/s.sock', { kind: 'unix', path: '/run/s.sock' }],
  ['unix://run/s.sock', { kind: 'unix', path: 'run/s.sock' }],
  ['unix:///a b%20c', { kind: 'unix', path: '/a b%20c' }],
  ['http://localhost:9001', { kind: 'tcp', host: 'localhost', port: 9001 }],
  ['http://LocalHost', { kind: 'tcp', host: 'localhost', port: 80 }],
  ['http://h:/', { kind: 'tcp', host: 'h', port: 80 }],
  ['http://user:p@ss@h:81/path?a=b', { kind: 'tcp', host: 'h', port: 81 }],
  ['https://h', { kind: 'tls', host: 'h', port: 443, settings: {} }],
  ['https://[::1]:9001/x', { kind: 'tls', host: '::1', port: 9001, settings: {} }],
  ['http://[::1]:9001', { kind: 'tcp', host: '::1', port: 9001 }],
])('%s', (serverUrl, address) => {
  expect(parseServerUrl(serverUrl)).toEqual({ serverUrl, ...address });
});

test.each([
  ['ftp://h', 'Unknown protocol for serverurl ftp://h'],
  ['https://', 'serverurl https:// is not of the form https://host[:port]'],
  ['localhost:9001', 'Unknown protocol for serverurl localhost:9001'],
  ['', 'Unknown protocol for serverurl '],
  ['unix://', 'serverurl unix:// names no socket file'],
  ['http://', 'serverurl http:// is not of the form http://host[:port]'],
  ['http://:80', 'serverurl http://:80 is not of the form http://host[:port]'],
  ['http://h:x', 'serverurl http://h:x is not of the form http://host[:port]'],
  ['http://h:65536', 'serverurl http://h:65536 is not of the form http://host[:port]'],
  ['http://h:0', 'serverurl http://h:0 is not of the form http://host[:port]'],
])('%p is refused', (serverUrl, message) => {
  expect(() => parseServerUrl(serverUrl)).toThrow(
    expect.objectContaining({ name: 'ClientError', code: 'BAD_URL', serverUrl, message }),
  );
});

test('a socket path that would be cut is refused', () => {
  expect(parseServerUrl(`unix:///${'x'.repeat(106)}`)).toMatchObject({ kind: 'unix' });
  expect(() => parseServerUrl(`unix:///${'\u00e9'.repeat(54)}`)).toThrow(ClientError);
});
