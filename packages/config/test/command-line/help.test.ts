import { expect, test } from '@jest/globals';

import { optionLines, spellings } from '../../src/index.ts';

const help = { to: 'help', short: 'h?', long: 'help', isLast: true, doc: 'show this' } as const;
const file = { to: 'path', short: 'c', argument: 'FILE', doc: 'read this' };

test('an option is shown with all its letters, its long name and its argument', () => {
  expect(spellings(help)).toEqual(['-h', '-?', '--help']);
  expect(optionLines([help, file])).toEqual([
    '  -h, -?, --help  show this',
    '  -c FILE         read this',
  ]);
});

test('several lists of options can share one column', () => {
  expect(optionLines([file], 9)).toEqual(['  -c FILE    read this']);
});
