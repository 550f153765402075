import { appendFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { RotatingFile } from '../../../src/logs/file/rotating-file.ts';
import { Tail, followLog } from '../../../src/logs/reading/tail.ts';
import type { TailOptions } from '../../../src/logs/reading/tail.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { temporaryFolder, waitFor } from '../support.ts';

interface Followed {
  readonly path: string;
  readonly tail: Tail;
  got: string;
  /** What it was told, in order: where each chunk begins, and what `missed` and `truncated` said. */
  readonly told: string[];
  /** Whether the reader takes more. */
  takes: boolean;
}

function follow(content: string, options: Partial<TailOptions> = {}): Followed {
  const path = join(temporaryFolder(), 'a.log');
  writeFileSync(path, content);
  const followed: { -readonly [K in keyof Followed]?: Followed[K] } = {
    path,
    got: '',
    told: [],
    takes: true,
  };
  followed.tail = new Tail({
    path,
    deliver: (chunk, { offset }) => {
      followed.got += chunk.toString();
      followed.told?.push(`${offset}+${chunk.length}`);
      return followed.takes === true;
    },
    ...options,
  });
  return followed as Followed;
}

/** The same, of a reader that is told of what it misses. */
function followKnowing(content: string, options: Partial<TailOptions> = {}): Followed {
  const told: string[] = [];
  const f = follow(content, {
    missed: (bytes) => told.push(`missed ${bytes}`),
    truncated: () => told.push('truncated'),
    ...options,
    deliver: (chunk, { offset }) => {
      f.got += chunk.toString();
      told.push(`${offset}+${chunk.length}`);
      return f.takes;
    },
  });
  return Object.assign(f, { told });
}

const settled = async (): Promise<void> => {
  for (let n = 0; n < 20; n++) await new Promise(setImmediate);
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

test('a device is followed, and nothing comes', async () => {
  const got: Buffer[] = [];
  const follower = followLog({ path: '/dev/zero', deliver: (chunk) => got.push(chunk) > 0 });
  follower.changed();
  await settled();
  expect(got).toEqual([]);
  follower.close();
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

test.each([
  [{ backlogBytes: 3 }, ['7+3']],
  [{ backlogBytes: 0 }, []],
  [{ backlogBytes: 99 }, ['0+10']],
  [{ offset: 4 }, ['4+6']],
  [{ offset: 0, backlogBytes: 3 }, ['0+10']],
  [{ offset: 10 }, []],
  [{ offset: 11 }, ['truncated', '0+10']],
])('with %j of 10 bytes these come: %j', async (options, chunks) => {
  const f = followKnowing('0123456789', options);
  await settled();
  expect(f.told).toEqual(chunks);
  f.tail.close();
});

test('a chunk says where it begins in the file that it came from', async () => {
  const f = followKnowing('old ');
  await settled();
  appendFileSync(f.path, 'rest ');
  renameSync(f.path, `${f.path}.1`);
  writeFileSync(f.path, 'new');
  f.tail.changed();
  await settled();
  appendFileSync(f.path, 'er');
  f.tail.changed();
  await settled();
  truncateSync(f.path);
  appendFileSync(f.path, 'x');
  f.tail.changed();
  await settled();
  expect(f.told).toEqual(['0+4', '4+5', 'truncated', '0+3', '3+2', 'truncated', '0+1']);
  expect(f.got).toBe('old rest newerx');
  f.tail.close();
});

const lines = (count: number): string => 'a line of 17 byte\n'.repeat(count);

test('a reader that was away too long goes on near the end, at the start of a line', async () => {
  const f = followKnowing('begin\n', { mostBehindBytes: 100_000 });
  f.takes = false;
  await settled();
  appendFileSync(f.path, lines(10_000));
  f.takes = true;
  f.tail.resume();
  await settled();
  // 65,536 bytes before the end stands the middle of a line.
  const skipped = 10_000 - Math.floor(65_536 / 18);
  expect(f.told.slice(0, 3)).toEqual([
    '0+6',
    `missed ${skipped * 18}`,
    `${6 + skipped * 18}+${180_000 - skipped * 18}`,
  ]);
  expect(f.got).toBe('begin\n' + lines(10_000 - skipped));
  f.tail.close();
});

test('a reader that is not far behind misses nothing, and neither does one that may be', async () => {
  for (const mostBehindBytes of [180_000, undefined]) {
    const f = followKnowing('', { mostBehindBytes });
    f.tail.resume();
    await settled();
    f.takes = false;
    appendFileSync(f.path, lines(10_000));
    f.tail.resume();
    f.takes = true;
    await settled();
    expect(f.got.length).toBe(180_000);
    f.tail.close();
  }
});

test('what was there when it began does not make a reader late', async () => {
  const f = followKnowing(lines(20_000), { offset: 0, mostBehindBytes: 1000 });
  while (f.got.length < 360_000) {
    f.tail.resume();
    await settled();
  }
  expect(f.told.join()).not.toContain('missed');
  appendFileSync(f.path, 'x'.repeat(1001));
  f.tail.resume();
  await settled();
  expect(f.told.at(-1)).toBe('360000+1001');
  f.tail.close();
});

test('what is skipped ends before a character where there is no line, and may be nothing', async () => {
  const f = followKnowing('', { mostBehindBytes: 70_000 });
  await settled();
  appendFileSync(f.path, 'x' + '€'.repeat(30_000));
  f.tail.resume();
  await settled();
  expect(f.got).toBe('€'.repeat(Math.floor(65_536 / 3)));
  expect(f.told[0]).toBe(`missed ${90_001 - f.got.length * 3}`);
  f.tail.close();
});

test('bytes in rotated files that are skipped count as missed', async () => {
  const f = followKnowing('', { mostBehindBytes: 100_000 });
  await settled();
  appendFileSync(f.path, lines(5000));
  renameSync(f.path, `${f.path}.2`);
  writeFileSync(`${f.path}.1`, lines(6000));
  writeFileSync(f.path, lines(10));
  f.tail.resume();
  await settled();
  expect(f.told).toEqual([`missed ${11_000 * 18}`, 'truncated', '0+180']);
  f.tail.close();
});

test('a rotation that removes the file at hand leaves the backups that came after it', async () => {
  const clock = new FakeClock();
  const path = join(temporaryFolder(), 'a.log');
  writeFileSync(path, '');
  const before = statSync(path).birthtimeMs;
  if (before === 0) return;
  const file = new RotatingFile({ path, maxBytes: 4, backups: 2, clock, report: fail });
  const told: string[] = [];
  const deliver = (chunk: Buffer): boolean => told.push(chunk.toString()) > 0;
  const tail = new Tail({ path, deliver, truncated: () => told.push('truncated') });
  await settled();
  for (const text of ['1111', '2222', '3333', '4444', '5']) {
    file.write(Buffer.from(text));
    const born = (): number => statSync(path).birthtimeMs;
    await waitFor('the clock of the file system to move', () => {
      appendFileSync(`${path}.clock`, '');
      const moved = statSync(`${path}.clock`).birthtimeMs > born();
      rmSync(`${path}.clock`);
      return moved;
    });
  }
  tail.changed();
  await settled();
  expect(told).toEqual(['1111', 'truncated', '3333', 'truncated', '4444', 'truncated', '5']);
  tail.close();
  file.close();
});

test('a reader may close while it is told of what it missed', async () => {
  const f = followKnowing('', { mostBehindBytes: 10, missed: () => f.tail.close() });
  await settled();
  appendFileSync(f.path, lines(10_000));
  f.tail.resume();
  await settled();
  expect(f.told).toEqual([]);
});
