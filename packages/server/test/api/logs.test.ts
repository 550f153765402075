import { appendFileSync, renameSync, writeFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { byteRange } from '../../src/api/byte-range.ts';
import { usual } from './support/scenarios.ts';

const LOG = 'GET /processes/web/logs/stdout';

describe('a log is read by range', () => {
  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=9-9', 206, '9', 'bytes 9-9/10'],
    ['bytes=0-1,4-5', 200, '0123456789', undefined],
    ['bytes=5-2', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
    ['bytes=x', 200, '0123456789', undefined],
  ])('%s', async (range, status, text, told) => {
    const { ask } = await usual();
    const answer = await ask(LOG, { headers: { range } });
    expect([answer.status, answer.text, answer.headers['content-range']]).toEqual([
      status,
      text,
      told,
    ]);
    expect(answer.headers['content-length']).toBe(String(text.length));
  });

  test.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('%s is beyond its end', async (range) => {
    const { ask } = await usual();
    const { status, headers } = await ask(LOG, { headers: { range } });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */10']);
  });

  test('a condition on the range is never met', async () => {
    const { ask } = await usual();
    const headers = { range: 'bytes=0-3', 'if-range': '"x"' };
    expect((await ask(LOG, { headers })).status).toBe(200);
  });

  test('numbers too large to count are no trouble', () => {
    expect(byteRange(`bytes=0-${'9'.repeat(400)}`, 10)).toEqual({ start: 0, length: 10 });
    expect(byteRange(`bytes=${'9'.repeat(400)}-`, 10)).toBe('unsatisfiable');
  });
});

describe('a log is read by offset and length, or from its end', () => {
  test.each([
    ['', '0123456789', '0'],
    ['?offset=4', '456789', '4'],
    ['?offset=4&length=2', '45', '4'],
    ['?length=2', '01', '0'],
    ['?length=0', '', '0'],
    ['?offset=-3', '789', '7'],
    ['?offset=-3&length=1', '7', '7'],
    ['?offset=99', '', '10'],
    ['?tail=4', '6789', '6'],
    ['?tail=0', '', '10'],
    ['?tail=9999', '0123456789', '0'],
  ])('%s', async (query, text, offset) => {
    const { ask } = await usual();
    const answer = await ask(`${LOG}${query}`);
    expect([answer.status, answer.text]).toEqual([200, text]);
    expect(answer.headers).toMatchObject({ 'x-log-offset': offset, 'x-log-size': '10' });
  });
});

test('the bytes are those of the log, as text or as such', async () => {
  const { ask, log } = await usual();
  const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x0a]);
  writeFileSync(log, bytes);
  const text = await ask(LOG);
  expect([text.bytes, text.headers['content-type']]).toEqual([bytes, 'text/plain;charset=utf-8']);
  const raw = await ask(LOG, { headers: { accept: 'application/octet-stream' } });
  expect([raw.bytes, raw.headers['content-type']]).toEqual([bytes, 'application/octet-stream']);
});

test('a large log goes out whole, and a rotation meanwhile changes nothing', async () => {
  const { ask, log } = await usual();
  const large = Buffer.alloc(5_000_000, 'abcdefghij\n');
  writeFileSync(log, large);
  const answer = ask(LOG);
  const part = ask(LOG, { headers: { range: 'bytes=1-4000000' } });
  const { status, bytes, headers } = await part;
  expect([status, headers['content-range']]).toEqual([206, 'bytes 1-4000000/5000000']);
  expect(bytes.equals(large.subarray(1, 4_000_001))).toBe(true);
  renameSync(log, `${log}.1`);
  appendFileSync(log, 'new');
  expect((await answer).bytes.equals(large)).toBe(true);
  expect((await ask(LOG)).text).toBe('new');
});

test('a process without a log, or a channel that there is not, is not found', async () => {
  const { ask } = await usual();
  expect((await ask('GET /processes/slow/logs/stdout')).json).toMatchObject({
    status: 404,
    fault: { name: 'NO_FILE' },
  });
  expect((await ask('GET /processes/web/logs/stdin')).json).toMatchObject({
    status: 404,
    fault: { name: 'BAD_NAME' },
  });
});

test('the main log is read and emptied', async () => {
  const { ask } = await usual();
  expect((await ask('GET /supervisor/log?tail=3')).text).toBe('log');
  expect((await ask('DELETE /supervisor/log')).status).toBe(204);
  expect((await ask('GET /supervisor/log')).text).toBe('');
});
