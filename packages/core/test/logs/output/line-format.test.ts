import { expect, test } from '@jest/globals';

import { LineFormat, isFormatted } from '../../../src/logs/output/line-format.ts';

type Config = ConstructorParameters<typeof LineFormat>[1]['config'];
const plain: Config = { prefix: '', timestamp: 'none', format: 'raw' };

/** What a log gets of these chunks, write by write. */
function written(config: Partial<Config>, chunks: readonly (string | Buffer)[]): string[] {
  const writes: string[] = [];
  const log = {
    backedUp: false,
    write(data: Buffer) {
      writes.push(data.toString());
      return true;
    },
  };
  const lines = new LineFormat(log, {
    process: { name: 'web', group: 'g' },
    channel: 'stdout',
    config: { ...plain, ...config },
    pid: () => 42,
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  });
  for (const chunk of chunks) lines.write(Buffer.from(chunk));
  lines.end();
  return writes;
}

test('without any of the options nothing is looked at', () => {
  expect(isFormatted(plain)).toBe(false);
  for (const change of [{ prefix: 'x' }, { timestamp: 'iso' }, { format: 'json' }] as const) {
    expect(isFormatted({ ...plain, ...change })).toBe(true);
  }
});

test('each line has its prefix, and whole lines only go on', () => {
  expect(written({ prefix: 'web |' }, ['one\ntw', 'o\n', '\nthree'])).toEqual([
    'web | one\n',
    'web | two\n',
    'web | \n',
    'web | three\n',
  ]);
});

test('the lines of one chunk go on in one write', () => {
  expect(written({ prefix: 'web |' }, ['one\ntwo\n'])).toEqual(['web | one\nweb | two\n']);
});

test('the time stands first', () => {
  expect(written({ prefix: 'web |', timestamp: 'iso' }, ['one\n'])).toEqual([
    '2026-01-02T03:04:05.678Z web | one\n',
  ]);
});

test('a line can be one JSON object', () => {
  const [line] = written({ format: 'json' }, [Buffer.from('say "hi" \xff\n', 'latin1')]);
  expect(line!.endsWith('}\n')).toBe(true);
  expect(JSON.parse(line!)).toEqual({
    time: '2026-01-02T03:04:05.678Z',
    program: 'web',
    group: 'g',
    stream: 'stdout',
    pid: 42,
    line: 'say "hi" \ufffd',
  });
});

test('bytes that are no text stay as they are behind a prefix', () => {
  const log = { backedUp: false, bytes: Buffer.alloc(0) };
  const lines = new LineFormat(
    {
      backedUp: false,
      write(data) {
        log.bytes = Buffer.concat([log.bytes, data]);
        return true;
      },
    },
    {
      process: { name: 'web', group: 'g' },
      channel: 'stdout',
      config: { ...plain, prefix: 'x' },
      pid: () => 1,
      now: () => 0,
    },
  );
  lines.write(Buffer.from([0xff, 0x00, 0x0a]));
  expect([...log.bytes]).toEqual([0x78, 0x20, 0xff, 0x00, 0x0a]);
});

test('a line without an end is cut, and costs bounded memory', () => {
  const lines = written({ prefix: '>' }, ['x'.repeat(200_000)])
    .join('')
    .split('\n');
  expect(lines.slice(0, -1).every((line) => line.length <= 2 + 65_536)).toBe(true);
  expect(lines.join('').replaceAll(/[> ]/g, '')).toBe('x'.repeat(200_000));
});

test.each(Array.from({ length: 12 }, (_, at) => at))('output may be cut anywhere: at %i', (at) => {
  const text = 'one\ntwo\nthr\n';
  expect(written({ prefix: '>' }, [text.slice(0, at), text.slice(at)]).join('')).toBe(
    '> one\n> two\n> thr\n',
  );
});
