import { expect, test } from '@jest/globals';

import { environment } from '../../src/values/environment.ts';
import { expandHome } from '../../src/values/paths.ts';
import { globs } from '../../src/values/plain.ts';
import type { World } from '../../src/world.ts';
import { accounts } from '../accounts.ts';
import { outcome, valueCases } from '../cases.ts';

const world = (variables: Record<string, string>): World =>
  ({ environment: variables, accounts, uid: 4242 }) as unknown as World;

test.each(valueCases('environment'))('environment=%s', (text, expected) => {
  expect(outcome(() => environment.read(text, world({})))).toEqual(expected);
});

test('a variable may be called __proto__', () => {
  const variables = environment.read('__proto__=1', world({}));
  expect(Object.entries(variables)).toEqual([['__proto__', '1']]);
});

test('patterns are separated by commas, but not by those between braces', () => {
  const read = (text: string): readonly string[] => globs.read(text, world({}));
  expect(read('src/**/*.{ts,js}, !**/*.test.ts,,*.json')).toEqual([
    'src/**/*.{ts,js}',
    '!**/*.test.ts',
    '*.json',
  ]);
  expect(read('{a,b,c')).toEqual(['{a', 'b', 'c']);
  expect(read('')).toEqual([]);
});

test('~ is HOME, or else the home of the user', () => {
  expect(expandHome('~/x', world({ HOME: '/h/' }))).toBe('/h/x');
  expect(expandHome('~/x', world({}))).toBe('/home/web/x');
  expect(expandHome('~', world({ HOME: '/' }))).toBe('/');
});

test('~name is the home of that user, if there is one', () => {
  expect(expandHome('~root/x', world({}))).toBe('/root/x');
  expect(expandHome('~nobody_here/x', world({}))).toBe('~nobody_here/x');
});
