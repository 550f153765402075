import { expect, test } from '@jest/globals';

import { displayName, parseName, words } from '../src/names.ts';

test.each([
  ['web', { group: 'web', process: 'web' }],
  ['web:one', { group: 'web', process: 'one' }],
  ['web:one:two', { group: 'web', process: 'one:two' }],
  ['web:*', { group: 'web', process: null }],
  ['web:', { group: 'web', process: null }],
])('%s names one process or a whole group', (text, name) => {
  expect(parseName(text)).toEqual(name);
});

test('a process that is the namesake of its group is shown without it', () => {
  expect(displayName('web', 'web')).toBe('web');
  expect(displayName('web', 'one')).toBe('web:one');
});

test('arguments are split at white space', () => {
  expect(words('  a \t b\n')).toEqual(['a', 'b']);
  expect(words('')).toEqual([]);
});
