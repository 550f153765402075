import { expect, test } from '@jest/globals';

import { traceback } from '../src/errors.ts';

test('an error is logged in the shape of a Python traceback', () => {
  const lines = traceback(new TypeError('no such thing')).split('\n');
  expect(lines[0]).toBe('Traceback (most recent call last):');
  expect(lines.slice(1, -1).every((line) => line.startsWith('  at '))).toBe(true);
  expect(lines.at(-1)).toBe('TypeError: no such thing');
});

test.each([
  ['text', 'Error: text'],
  [undefined, 'Error: undefined'],
])('what is thrown without being an error is told in one line: %j', (thrown, text) => {
  expect(traceback(thrown)).toBe(text);
});
