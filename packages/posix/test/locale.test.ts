import { expect, test } from '@jest/globals';

import { resolveLocale } from '../src/locale.ts';

test('the locale C is C, and asking for another one leaves it in force', () => {
  expect(resolveLocale('C')).toBe('C');
  expect(resolveLocale('C')).toBe('C');
});

test('POSIX is another name of C', () => {
  expect(resolveLocale('POSIX')).toBe('C');
});
