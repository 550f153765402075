import { expect, test } from '@jest/globals';

import { operations } from '../../src/api/operations.ts';
import { pathFor, usual } from './support/scenarios.ts';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const odd = [
  '',
  '.',
  '..',
  '%',
  '%00',
  '%2F',
  '%2e%2e',
  '%ff%fe',
  'web',
  'web:',
  'two:*',
  '*',
  '{process}',
  'constructor',
  '__proto__',
  'toString',
  'a'.repeat(3000),
  '%F0%9F%92%A9',
  ';x',
  '~',
  '$&',
  'stdout',
  'processes',
  'supervisor',
  'logs',
];
const values: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  'HUP',
  'x'.repeat(2000),
  '\0',
  '\u{1F4A9}',
  [],
  [[]],
  {},
  { a: { b: [] } },
  ['web'],
  2 ** 53,
  '9'.repeat(400),
  '-1',
  'Infinity',
];
const keys = [
  'wait',
  'signal',
  'data',
  'type',
  'groups',
  'tail',
  'offset',
  '__proto__',
  'length',
  '',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const safe = operations.filter(({ id }) => !['shutdown', 'restartDaemon'].includes(id));

test.each([1, 2, 3, 4])(
  'whatever is sent, nothing is an unexpected error (seed %i)',
  async (seed) => {
    const { ask, logger, clock } = await usual();
    const random = randomFrom(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const many = (most: number): number => Math.floor(random() * (most + 1));
    const path = (): string => {
      const { path: known } = pick(safe);
      if (random() < 0.3) return Array.from({ length: many(4) }, () => `/${pick(odd)}`).join('');
      if (random() < 0.5) return pathFor(known);
      return known.replaceAll(/\{\w+\}/g, () => pick(odd));
    };
    const query = (): string =>
      Array.from({ length: many(3) }, () => {
        const value = pick(values);
        return `${pick(keys)}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`;
      }).join('&');
    const body = (): unknown => {
      if (random() < 0.3) return undefined;
      if (random() < 0.2) return pick(values);
      const object = Object.fromEntries(
        Array.from({ length: many(3) }, () => [pick(keys), pick(values)]),
      );
      const text = JSON.stringify(object);
      return random() < 0.2 ? text.slice(0, many(text.length)) : text;
    };
    const unexpected: string[] = [];
    for (let round = 0; round < 300; round++) {
      const method = random() < 0.6 ? pick(safe).method : pick(methods);
      const what = `${method} ${path() || '/'}?${query()}&wait=false`;
      const headers =
        random() < 0.2 ? { range: pick(['bytes=-1', 'bytes=5-', 'bytes=9-1', 'x']) } : {};
      const answer = await ask(what, { body: method === 'GET' ? undefined : body(), headers });
      const isFault = answer.status < 500 || method === 'HEAD' || answer.json['fault'] !== null;
      if (!isFault) unexpected.push(`${what}: ${answer.text}`);
      clock.advance(1000);
    }
    expect(unexpected).toEqual([]);
    expect(logger.lines.filter((line) => line.includes('unexpected'))).toEqual([]);
  },
);
