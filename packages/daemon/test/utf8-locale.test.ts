import { expect, test } from '@jest/globals';

import { utf8Instead } from '../src/utf8-locale.ts';

/** A C library in whose environment the locale is this one, and that has these others. */
const library =
  (inForce: string | null, ...known: string[]) =>
  (name: string): string | null => {
    if (name === '') return inForce;
    return known.includes(name) ? name : null;
  };

test('where the locale is C, or is not there, programs get the UTF-8 variant of it', () => {
  expect(utf8Instead({}, library('C', 'C.UTF-8'))).toBe('C.UTF-8');
  expect(utf8Instead({ LANG: 'C' }, library('C', 'C.UTF-8'))).toBe('C.UTF-8');
  expect(utf8Instead({ LANG: 'nosuch' }, library(null, 'C.UTF-8'))).toBe('C.UTF-8');
  expect(utf8Instead({ LC_ALL: '' }, library('C', 'C.UTF-8'))).toBe('C.UTF-8');
});

test('it has other names elsewhere, or is not there', () => {
  expect(utf8Instead({}, library('C', 'C.utf8', 'UTF-8'))).toBe('C.utf8');
  expect(utf8Instead({}, library('C', 'UTF-8'))).toBe('UTF-8');
  expect(utf8Instead({}, library('C'))).toBeUndefined();
});

test('a locale that was chosen stays', () => {
  const any = (inForce: string): ReturnType<typeof library> => library(inForce, 'C.UTF-8');
  expect(utf8Instead({ LANG: 'de_DE.UTF-8' }, any('de_DE.UTF-8'))).toBeUndefined();
  expect(utf8Instead({}, any('C.UTF-8'))).toBeUndefined();
  expect(utf8Instead({ LC_ALL: 'C' }, any('C'))).toBeUndefined();
  expect(utf8Instead({ PYTHONCOERCECLOCALE: '0' }, any('C'))).toBeUndefined();
});
