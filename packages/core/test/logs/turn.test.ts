import { readSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { openPipe } from '@tsvisor/posix';

import { systemClock } from '../../src/clock.ts';
import { openOwnFd } from '../../src/logs/open-sink.ts';
import { Turn } from '../../src/logs/turn.ts';

test('is given on when its holder has finished, to one after another', () => {
  const turn = new Turn();
  const came: string[] = [];
  const taker = (name: string) => ({ turnCame: () => void came.push(name) });
  const [a, b, c] = [taker('a'), taker('b'), taker('c')];
  expect(turn.take(a)).toBe(true);
  expect(turn.take(a)).toBe(true);
  expect(turn.take(b)).toBe(false);
  expect(turn.take(c)).toBe(false);
  turn.release(b);
  expect(came).toEqual([]);
  turn.release(a);
  expect(came).toEqual(['b', 'c']);
});

test('programs that share a slow stream do not tear the lines of each other', async () => {
  const pipe = openPipe('write');
  const sink = (name: string) =>
    openOwnFd(pipe.ours, { name, clock: systemClock, report: () => undefined, overflow: 'wait' });
  const sinks = ['a', 'b', 'c'].map((name) => [name, sink(name)] as const);
  const LINES = 60;
  for (let n = 0; n < LINES; n++) {
    // Longer than what a pipe takes in one piece.
    for (const [name, one] of sinks) one.write(Buffer.from(`${name.repeat(9000)}\n`));
  }
  const buffer = Buffer.alloc(10_000);
  const wanted = sinks.length * LINES * 9001;
  let got = '';
  while (got.length < wanted) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    got += buffer.toString('latin1', 0, readSync(pipe.theirs, buffer));
  }
  const lines = got.split('\n').slice(0, -1);
  expect(lines).toHaveLength(sinks.length * LINES);
  expect(lines.filter((line) => !/^(a{9000}|b{9000}|c{9000})$/.test(line))).toEqual([]);
  for (const [, one] of sinks) one.close();
});
