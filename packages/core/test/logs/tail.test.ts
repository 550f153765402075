import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { RotatingFile } from '../../src/logs/rotating-file.ts';
import { Tail } from '../../src/logs/tail.ts';
import type { TailOptions } from '../../src/logs/tail.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import { temporaryFolder, waitFor } from './support.ts';

interface Followed {
  readonly path: string;
  readonly tail: Tail;
  got: string;
  /** Whether the reader takes more. */
  takes: boolean;
}

function follow(content: string, options: Partial<TailOptions> = {}): Followed {
  const path = join(temporaryFolder(), 'a.log');
  writeFileSync(path, content);
  const followed: { -readonly [K in keyof Followed]?: Followed[K] } = {
    path,
    got: '',
    takes: true,
  };
  followed.tail = new Tail({
    path,
    deliver: (chunk) => {
      followed.got += chunk.toString();
      return followed.takes === true;
    },
    ...options,
  });
  return followed as Followed;
}

const settled = async (): Promise<void> => {
  for (let n = 0; n < 5; n++) await new Promise(setImmediate);
};

test.each([0, 1, 1023, 1024, 1025, 5000])('begins with the last 1024 of %d bytes', async (size) => {
  const content = Array.from({ length: size }, (_, n) => String(n % 10)).join('');
  const f = follow(content);
  await settled();
  expect(f.got).toBe(content.slice(-1024));
  f.tail.close();
});

test('a missing file cannot be followed', () => {
  const path = join(temporaryFolder(), 'no.log');
  expect(() => new Tail({ path, deliver: () => true })).toThrow(`NO_FILE: ${path}`);
});

test('sends what is added, once it is told', async () => {
  const f = follow('a');
  await settled();
  appendFileSync(f.path, 'b');
  await settled();
  expect(f.got).toBe('a');
  f.tail.changed();
  f.tail.changed();
  await settled();
  expect(f.got).toBe('ab');
  f.tail.close();
});

test('a file that others write is looked at from time to time', async () => {
  const clock = new FakeClock();
  const f = follow('a', { poll: { clock, everyMs: 500 } });
  await settled();
  for (const text of ['b', 'c']) {
    appendFileSync(f.path, text);
    clock.advance(500);
    await settled();
  }
  expect(f.got).toBe('abc');
  f.tail.close();
  expect(clock.pending).toBe(0);
});

test('after a rotation the rest of the old file comes first, then the new one from its beginning', async () => {
  const f = follow('old ');
  await settled();
  appendFileSync(f.path, 'rest ');
  renameSync(f.path, `${f.path}.1`);
  f.tail.changed();
  await settled();
  expect(f.got).toBe('old rest ');
  writeFileSync(f.path, 'new');
  f.tail.changed();
  await settled();
  expect(f.got).toBe('old rest new');
  f.tail.close();
});

test('a reader that missed several rotations gets the backups between', async () => {
  const f = follow('0');
  const clock = new FakeClock();
  const file = new RotatingFile({ path: f.path, maxBytes: 4, backups: 9, clock, report: fail });
  await settled();
  for (const text of ['111', '2222', '3333', '4444', '5']) file.write(Buffer.from(text));
  f.tail.changed();
  await settled();
  expect(f.got).toBe('0111222233334' + '4445');
  f.tail.close();
  file.close();
});

const fail = (problem: string): never => {
  throw new Error(problem);
};

test('a truncated file is told and begun again', async () => {
  const f = follow('long enough');
  await settled();
  truncateSync(f.path);
  appendFileSync(f.path, 'new');
  f.tail.changed();
  await settled();
  expect(f.got).toBe('long enough==> File truncated <==\nnew');
  f.tail.close();
});

test('a removed file is followed until there is a new one', async () => {
  const f = follow('a');
  await settled();
  rmSync(f.path);
  f.tail.changed();
  await settled();
  writeFileSync(f.path, 'b');
  f.tail.changed();
  await settled();
  expect(f.got).toBe('ab');
  f.tail.close();
});

test('a reader that takes no more gets nothing until it is resumed, and then all', async () => {
  const f = follow('');
  await settled();
  f.takes = false;
  const content = '0123456789'.repeat(100_000);
  appendFileSync(f.path, content);
  f.tail.changed();
  await settled();
  expect(f.got).toHaveLength(65_536);
  f.tail.changed();
  await settled();
  expect(f.got).toHaveLength(65_536);
  f.takes = true;
  f.tail.resume();
  await waitFor('the rest', () => f.got.length === content.length);
  expect(f.got === content).toBe(true);
  f.tail.close();
});

test('may be closed by the reader while it delivers', async () => {
  const path = join(temporaryFolder(), 'a.log');
  writeFileSync(path, 'a');
  let got = 0;
  const tail: Tail = new Tail({
    path,
    deliver: () => {
      got += 1;
      tail.close();
      return true;
    },
  });
  await settled();
  tail.changed();
  tail.resume();
  await settled();
  expect(got).toBe(1);
});
