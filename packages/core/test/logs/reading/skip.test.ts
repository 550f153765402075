import { expect, test } from '@jest/globals';

import { skipTarget } from '../../../src/logs/reading/skip.ts';

const MOST = 65_536;

/** Where it goes on in a text, and what stands before and after that. */
function skipIn(text: string, from = 0): [number, string, string] {
  const log = Buffer.from(text);
  const target = skipTarget(
    (start, length) => log.subarray(start, start + length),
    from,
    log.length,
  );
  return [
    log.length - target,
    log.subarray(0, target).toString().slice(-2),
    log.subarray(target).toString().slice(0, 2),
  ];
}

test('a short log is not skipped at all', () => {
  expect(skipIn('abc')[0]).toBe(3);
  expect(skipIn('x'.repeat(MOST))[0]).toBe(MOST);
});

test('a line that begins just there is whole', () => {
  const line = 'b'.repeat(MOST - 1) + '\n';
  expect(skipIn(`aa\n${line}`)).toEqual([MOST, 'a\n', 'bb']);
});

test('a line that began before is left out', () => {
  const rest = 'c'.repeat(MOST - 10);
  expect(skipIn(`aaaaaaaaaaaaaaaaa\n${rest}`)).toEqual([MOST - 10, 'a\n', 'cc']);
});

test('without a line that begins, it goes on in the middle of one', () => {
  expect(skipIn('a'.repeat(2 * MOST))[0]).toBe(MOST);
  expect(skipIn('a'.repeat(2 * MOST) + '\n')[0]).toBe(MOST);
});

test.each(['é', '€', '😀'])('no %s is cut', (character) => {
  for (let n = 0; n < 4; n++) {
    const [length, , first] = skipIn('x'.repeat(n) + character.repeat(MOST));
    expect(first.startsWith(character)).toBe(true);
    expect(length).toBeGreaterThan(MOST - 4);
  }
});

test('it never goes back behind what was read', () => {
  expect(skipIn('a'.repeat(5000), 4000)[0]).toBe(1000);
  expect(skipIn('a\n'.repeat(2500), 4000)[0]).toBe(1000);
  expect(skipIn('a\n'.repeat(2500), 4001)[0]).toBe(998);
});
