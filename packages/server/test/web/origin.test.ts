import { hostname } from 'node:os';

import { describe, expect, test } from '@jest/globals';

import { isCrossSite } from '../../src/web/origin.ts';

/** Whether a request with these headers, come in by 127.0.0.1:9001, is refused. */
const refused = (headers: Record<string, string>, host = '127.0.0.1'): boolean =>
  isCrossSite({ scheme: 'http', local: { host, port: 9001 }, header: (name) => headers[name] });

describe('an action is done for', () => {
  test.each([
    ['a script', { host: 'anything:9001' }],
    ['a link of our page', { host: 'h:80', 'sec-fetch-site': 'same-origin', referer: 'http://h/' }],
    ['what the user typed', { host: 'localhost:9001', 'sec-fetch-site': 'none' }],
    [
      'a page without a secure context',
      { host: 'localhost:9001', referer: 'http://localhost:9001/' },
    ],
    [
      'a proxy that says who it is',
      {
        host: '127.0.0.1:9001',
        'x-forwarded-host': 'ops.example',
        origin: 'http://ops.example',
      },
    ],
    [
      'a proxy that passes its name on',
      {
        host: 'ops.example',
        origin: 'http://ops.example',
        'user-agent': 'Mozilla/5.0',
      },
    ],
    ['an address', { host: '127.0.0.1:9001', 'user-agent': 'Mozilla/5.0' }],
    ['an address of IPv6', { host: '[::1]:9001', 'user-agent': 'Mozilla/5.0' }],
  ])('%s', (_who, headers) => {
    expect(refused(headers as unknown as Record<string, string>)).toBe(false);
  });
});

describe('an action is refused', () => {
  test.each([
    ['from another site', { host: 'localhost:9001', 'sec-fetch-site': 'cross-site' }],
    [
      'from another port of this host',
      {
        host: 'localhost:9001',
        'sec-fetch-site': 'same-site',
        origin: 'http://localhost:3000',
      },
    ],
    [
      'from another port that hides its address',
      { host: 'localhost:9001', 'sec-fetch-site': 'same-site' },
    ],
    ['by the page it comes from', { host: 'localhost:9001', referer: 'http://evil.example/x' }],
    ['from a page without an origin', { host: 'localhost:9001', origin: 'null' }],
    [
      'for a foreign name that was pointed here',
      {
        host: 'evil.example:9001',
        origin: 'http://evil.example:9001',
      },
    ],
    [
      "for a foreign name that begins with the machine's",
      { host: `${hostname()}.evil.example:9001`, 'user-agent': 'Mozilla/5.0' },
    ],
    [
      'for a foreign name that hides its pages',
      {
        host: 'evil.example:9001',
        'user-agent': 'Mozilla/5.0',
      },
    ],
  ])('%s', (_why, headers) => {
    expect(refused(headers as unknown as Record<string, string>)).toBe(true);
  });
});
