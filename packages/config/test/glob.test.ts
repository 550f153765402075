import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { glob, nameMatcher } from '../src/glob.ts';
import { diskFiles } from '../src/load.ts';
import { compareText } from '../src/python/text.ts';
import { valueCases } from './cases.ts';
import { inTempFolder } from './temp-folder.ts';

const files = {
  'a.conf': '',
  'b.conf': '',
  'é.conf': '',
  '.hidden.conf': '',
  '[x]': '',
  'sub/c.conf': '',
  'sub/.d.conf': '',
};

test.each(valueCases<string[]>('glob'))('%s matches', (pattern, expected) => {
  inTempFolder(files, (folder) => {
    symlinkSync('nowhere', join(folder, 'dangling'));
    const found = glob(`${folder}/${pattern}`, diskFiles(folder)).toSorted(compareText);
    expect(found.map((path) => path.slice(folder.length + 1))).toEqual(expected);
  });
});

test('many stars do not take forever', () => {
  const matches = nameMatcher('*a'.repeat(50));
  expect(matches('a'.repeat(5000) + 'b')).toBe(false);
});
