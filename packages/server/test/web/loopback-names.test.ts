import { expect, test } from '@jest/globals';

import { loopbackNames } from '../../src/web/loopback-names.ts';

test('the names of this machine are those of its loopback addresses', () => {
  const hosts = [
    '127.0.0.1 localhost',
    '127.0.1.1\tWeb1.example.com web1 # ours',
    '::1 ip6-localhost',
    '10.0.0.7 db.example.com',
    '# 127.0.0.1 evil.example',
    '',
  ].join('\n');
  expect([...loopbackNames(hosts)]).toEqual([
    'localhost',
    'web1.example.com',
    'web1',
    'ip6-localhost',
  ]);
});
