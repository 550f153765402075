import { describe, expect, test } from '@jest/globals';

import { ResponseError, ResponseParser } from '../../src/client/response-parser.ts';
import type { ResponseHead } from '../../src/client/response-parser.ts';

interface Parsed {
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly keepsAlive: boolean | undefined;
  readonly body: string;
  readonly surplus: string;
  readonly isDone: boolean;
}

/** Feeds the pieces; `ends` says whether the connection ends after them. */
function parse(pieces: readonly Buffer[], ends = false): Parsed {
  let head: ResponseHead | undefined;
  let body = '';
  let surplus = '';
  let endings = 0;
  const parser = new ResponseParser({
    head: (found) => (head = found),
    body: (piece) => (body += piece.toString('latin1')),
    end: () => (endings += 1),
    surplus: (piece) => (surplus += piece.toString('latin1')),
  });
  for (const piece of pieces) parser.push(piece);
  if (ends) parser.finish();
  expect(endings).toBe(parser.isDone ? 1 : 0);
  const { status, reason, keepsAlive } = head ?? {};
  return { status, reason, keepsAlive, body, surplus, isDone: parser.isDone };
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

const supervisordHead =
  'HTTP/1.1 200 OK\r\nServer: Medusa/1.12\r\nDate: Thu, 01 Jan 2024 00:00:00 GMT\r\nContent-Type: text/xml\r\n';

const whole: readonly (readonly [string, string, boolean, Omit<Parsed, 'isDone' | 'surplus'>])[] = [
  [
    'a length',
    `${supervisordHead}Content-Length: 5\r\n\r\nhello`,
    false,
    { status: 200, reason: 'OK', keepsAlive: true, body: 'hello' },
  ],
  [
    'an empty body',
    'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    false,
    { status: 200, reason: 'OK', keepsAlive: true, body: '' },
  ],
  [
    'chunks',
    `${supervisordHead}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n\r\n12345678\r\n0\r\nTrailer: x\r\n\r\n`,
    false,
    { status: 200, reason: 'OK', keepsAlive: true, body: 'hello\r\n12345678' },
  ],
  [
    'the end of the connection',
    'HTTP/1.0 404 Not Found\r\nServer: x\r\n\r\nnot\r\nhere',
    true,
    { status: 404, reason: 'Not Found', keepsAlive: false, body: 'not\r\nhere' },
  ],
  [
    'no body by its status',
    'HTTP/1.1 204\r\nConnection: close\r\n\r\n',
    false,
    { status: 204, reason: '', keepsAlive: false, body: '' },
  ],
  [
    'an interim answer before it',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nhi',
    false,
    { status: 200, reason: 'OK', keepsAlive: true, body: 'hi' },
  ],
];

describe.each(whole)('a response framed by %s', (_, text, ends, expected) => {
  test('in one piece', () => {
    expect(parse([bytes(text)], ends)).toEqual({ ...expected, surplus: '', isDone: true });
  });

  test('byte by byte', () => {
    const single = Array.from(bytes(text), (byte) => Buffer.of(byte));
    expect(parse(single, ends)).toEqual({ ...expected, surplus: '', isDone: true });
  });

  test('cut at every offset', () => {
    for (let cut = 1; cut < text.length; cut += 1) {
      const pieces = [bytes(text.slice(0, cut)), bytes(text.slice(cut))];
      expect(parse(pieces, ends)).toEqual({ ...expected, surplus: '', isDone: true });
    }
  });

  test('ended at every offset before its end is no response', () => {
    const head = text.lastIndexOf('\r\n\r\n') + 4;
    for (let end = 0; end < (ends ? head : text.length); end += 1) {
      expect(() => parse([bytes(text.slice(0, end))], true)).toThrow(ResponseError);
    }
  });
});

test('what comes after the end is surplus', () => {
  const text = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi more';
  for (let cut = 1; cut < text.length; cut += 1) {
    const pieces = [bytes(text.slice(0, cut)), bytes(text.slice(cut))];
    expect(parse(pieces)).toMatchObject({ body: 'hi', surplus: ' more', isDone: true });
  }
});

test.each([
  ['HTTP/1.1 keep', 'HTTP/1.1', '', true],
  ['HTTP/1.1 close', 'HTTP/1.1', 'Connection: Close\r\n', false],
  ['HTTP/1.1 among others', 'HTTP/1.1', 'Connection: x, close\r\n', false],
  ['HTTP/1.0', 'HTTP/1.0', '', false],
  ['HTTP/1.0 keep', 'HTTP/1.0', 'Connection: keep-alive\r\n', true],
])('whether the connection stays: %s', (_, version, header, keepsAlive) => {
  const text = `${version} 200 OK\r\n${header}Content-Length: 0\r\n\r\n`;
  expect(parse([bytes(text)]).keepsAlive).toBe(keepsAlive);
});

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH\r\n'],
  ['another version', 'HTTP/2.0 200 OK\r\n'],
  ['no status', 'HTTP/1.1 OK\r\n'],
  ['a bare line feed', 'HTTP/1.1 200 OK\n'],
  ['a folded header', 'HTTP/1.1 200 OK\r\nA: b\r\n c\r\n'],
  ['a header without a name', 'HTTP/1.1 200 OK\r\n: b\r\n'],
  ['a space before the colon', 'HTTP/1.1 200 OK\r\nA : b\r\n'],
  ['a NUL', 'HTTP/1.1 200 OK\r\nA: \0\r\n'],
  ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ['two framings', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['an unknown coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
  ['a chunk size that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
  [
    'a chunk size without end',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffff\r\n',
  ],
  [
    'a chunk longer than its size',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
  ],
  ['a head without end', `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(20_000)}`],
  ['a line without end', `HTTP/1.1 200 ${'x'.repeat(70_000)}`],
])('%s is refused', (_, text) => {
  expect(() => parse([bytes(text)])).toThrow(ResponseError);
  const halves = [bytes(text.slice(0, text.length / 2)), bytes(text.slice(text.length / 2))];
  expect(() => parse(halves)).toThrow(ResponseError);
});
