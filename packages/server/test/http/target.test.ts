import { describe, expect, test } from '@jest/globals';

import { decodePercent, encodePercent, parseTarget } from '../../src/http/target.ts';

describe('a request target', () => {
  test.each([
    ['/', '/', null, ''],
    ['/a?b=c%20d', '/a', null, 'b=c%20d'],
    ['/a;p?q#f', '/a', 'p', 'q'],
    ['/logtail/g%3Aa%3B%3F', '/logtail/g:a;?', null, ''],
    ['http://h/ok.html', 'http://h/ok.html', null, ''],
  ])('%s', (text, path, parameters, query) => {
    expect(parseTarget(text)).toEqual({ path, parameters, query });
  });

  test.each([
    ['a%41', 'aA'],
    ['%', '%'],
    ['%4', '%4'],
    ['%zz', '%zz'],
    ['na%C3%AFve', 'naïve'],
    ['%ff', '\ufffd'],
  ])('decodes %s once, as UTF-8', (text, decoded) => {
    expect(decodePercent(text)).toBe(decoded);
  });
});

test('links encode all but letters, digits, _ . - ~ and /', () => {
  expect(encodePercent('g:a_b.c-d~e/f *[é')).toBe('g%3Aa_b.c-d~e/f%20%2A%5B%C3%A9');
  expect(decodePercent(encodePercent(`a"<>&'%;?#\\`))).toBe(`a"<>&'%;?#\\`);
});
