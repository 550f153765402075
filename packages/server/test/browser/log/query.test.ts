import { expect, test } from '@jest/globals';

import { matchesIn, parseQuery } from '../../../browser/log/query.ts';

const found = (input: string, text: string): string[] => {
  const query = parseQuery(input);
  if (query === null) return [];
  return matchesIn(query, text).map(({ from, to }) => text.slice(from, to));
};

test.each<[input: string, text: string, matches: string[]]>([
  ['error', 'Error: an ERROR, errors', ['Error', 'ERROR', 'error']],
  ['Error', 'Error: an ERROR, errors', ['Error']],
  ['a.c', 'abc a.c', ['a.c']],
  ['(x|y)*[z]', 'see (x|y)*[z]', ['(x|y)*[z]']],
  ['größe', 'GRÖSSE GRÖẞE größe', ['GRÖẞE', 'größe']],
  ['/a.c/', 'abc Abc a.c', ['abc', 'a.c']],
  ['/a.c/i', 'abc Abc', ['abc', 'Abc']],
  ['/x*/', 'axxb', ['xx']],
  ['/^$/', '', []],
  ['/\\bGET\\b.* 5\\d\\d/', 'GET / 503 and', ['GET / 503']],
  ['/', 'a/b', ['/']],
  ['//', 'a//b', ['//']],
  // No flag that there is: a path, then.
  ['/usr/bin/x', '/usr/bin/x', ['/usr/bin/x']],
  ['', 'text', []],
  ['😀', 'a😀b', ['😀']],
])('%s finds in %j %j', (input, text, matches) => {
  expect(found(input, text)).toEqual(matches);
});

test('what is no regular expression is an error that says why', () => {
  expect(() => parseQuery('/(/')).toThrow(SyntaxError);
});

test('a line that matches everywhere has a bounded number of matches', () => {
  expect(found('a', 'a'.repeat(4096))).toHaveLength(200);
});
