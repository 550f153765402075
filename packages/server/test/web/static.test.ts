import { describe, expect, test } from '@jest/globals';

import type { Request, WholeReply } from '../../src/http/message.ts';
import { parseTarget } from '../../src/http/target.ts';
import { staticFile } from '../../src/web/static.ts';

const ask = (target: string, since?: string, method = 'GET'): WholeReply =>
  staticFile(
    { method, scheme: 'http', ...parseTarget(target), header: () => since } as unknown as Request,
    'here',
  ) as WholeReply;

describe('a static file', () => {
  test.each([
    ['/stylesheets/supervisor.css', 'text/css', ':root{'],
    ['/images/icon.png', 'image/png', '\x89PNG'],
    ['/images/supervisor.gif', 'image/gif', 'GIF89a'],
    ['/images/rule.gif', 'image/gif', 'GIF89a'],
    ['/images/state3.gif', 'image/gif', 'GIF89a'],
    ['/images/../images/state0.gif', 'image/gif', 'GIF89a'],
  ])('%s is there', (path, type, start) => {
    const { headers, body } = ask(path);
    expect(headers.map(([name]) => name)).toEqual([
      'Last-Modified',
      'Content-Length',
      'Content-Type',
    ]);
    expect(headers[2]?.[1]).toBe(type);
    expect(body.toString('latin1')).toMatch(new RegExp(`^${start}`));
  });

  test.each([
    '/',
    '/nosuch',
    '/images/',
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    'http://h/ok.html',
    '/constructor',
  ])('%s is not there', (path) => {
    expect(() => ask(path)).toThrow(expect.objectContaining({ status: 404 }));
  });

  test('that a browser has is not sent again', () => {
    const date = ask('/images/icon.png').headers[0]?.[1];
    expect(ask('/images/icon.png', date)).toMatchObject({ status: 304, headers: [] });
    expect(ask('/images/icon.png', `${date}; length=1`).status).toBe(200);
    expect(ask('/images/icon.png', 'Thu, 01 Jan 1970 00:00:00 GMT').status).toBe(200);
    expect(ask('/images/icon.png', 'rubbish').status).toBe(200);
  });
});

test('a folder is somewhere else', () => {
  expect(ask('/images')).toMatchObject({ status: 301 });
  expect(ask('/images').headers[0]).toEqual(['Location', 'http://here/images/']);
});

test('other methods are refused', () => {
  expect(() => ask('/', undefined, 'PUT')).toThrow(expect.objectContaining({ status: 400 }));
});
