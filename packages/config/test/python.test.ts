import { describe, expect, test } from '@jest/globals';

import { formatWith, UnknownName } from '../src/python/format.ts';
import { pythonInteger } from '../src/python/integer.ts';
import * as paths from '../src/python/paths.ts';
import { pythonRepr } from '../src/python/repr.ts';
import { compareText, splitBlanks, strip } from '../src/python/text.ts';
import { outcome, valueCases } from './cases.ts';

describe('% formatting', () => {
  const names: Record<string, string | number> = {
    text: 'a b',
    accent: 'é',
    number: 7,
    large: 12345678901,
    'a(b)': 'nested',
  };

  test.each(valueCases('format'))('%j', (format, expected) => {
    const result = outcome(() => {
      try {
        return formatWith(format, (name) => names[name]);
      } catch (error) {
        if (error instanceof UnknownName) return { unknown: error.key };
        throw error;
      }
    });
    expect(result).toEqual(expected);
  });
});

test.each(valueCases('integer'))('int(%j)', (text, expected) => {
  expect(pythonInteger(text) ?? null).toBe(expected);
});

test.each(valueCases('octal'))('int(%j, 8)', (text, expected) => {
  expect(pythonInteger(text, 8) ?? null).toBe(expected);
});

test.each(valueCases('repr'))('repr(%j)', (text, expected) => {
  expect(pythonRepr(text)).toBe(expected);
});

test('shows a list as the repr of its members', () => {
  expect(pythonRepr(['a', "b's"])).toBe(`['a', "b's"]`);
});

test('blanks are those of Unicode, without the byte order mark', () => {
  expect(strip('\u00a0\u2028\x1c a \u3000\v')).toBe('a');
  expect(strip('\ufeffa')).toBe('\ufeffa');
  expect(splitBlanks(' a\u00a0b\n')).toEqual(['a', 'b']);
});

test('texts are ordered by code points', () => {
  expect(['😀', 'ﬀ', 'b', 'ab', 'a'].toSorted(compareText)).toEqual(['a', 'ab', 'b', 'ﬀ', '😀']);
});

test('paths are normalised as POSIX has it', () => {
  expect(paths.normalize('/a//b/./../c/')).toBe('/a/c');
  expect(paths.normalize('//a')).toBe('//a');
  expect(paths.normalize('///a')).toBe('/a');
  expect(paths.normalize('../a/../..')).toBe('../..');
  expect(paths.normalize('/..')).toBe('/');
  expect(paths.normalize('')).toBe('.');
  expect(paths.dirname('/a//b')).toBe('/a');
  expect(paths.dirname('a')).toBe('');
  expect(paths.absolute('b', '/a')).toBe('/a/b');
});
