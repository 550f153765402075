// docs/design/faults.md says which test holds us to what.
import { readFileSync, readdirSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { fromRoot } from '../support/sandbox.ts';

const rows = readFileSync(fromRoot('docs/design/faults.md'), 'utf8')
  .split('\n')
  .map((line) => /\| (e2e\/[\w/-]+): (.+?) +\|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, file = '', name = '']) => ({ file, name }));

/** The names of the tests of a file, as they are written. */
function namesIn(file: string): string[] {
  const text = readFileSync(fromRoot(`${file}.test.ts`), 'utf8');
  const blocks =
    /^(?:test|as\w+|with\w+)(?:\.each\([^]*?\]\)|\.each\(\w+\))?\(\s*(['"`])(.+?)\1,/gm;
  return [...text.matchAll(blocks)].map(([, , name = '']) => name);
}

test('each test that the table of faults names is there', () => {
  expect(rows.length).toBeGreaterThan(50);
  const missing = rows.filter(({ file, name }) => !namesIn(file).includes(name));
  expect(missing).toEqual([]);
});

test('each test of a fault is in the table', () => {
  const named = new Set(rows.map(({ file, name }) => `${file}: ${name}`));
  const files = readdirSync(fromRoot('e2e/faults'))
    .filter((name) => name.endsWith('.test.ts') && name !== 'table.test.ts')
    .map((name) => `e2e/faults/${name.slice(0, -'.test.ts'.length)}`);
  const all = files.flatMap((file) => namesIn(file).map((name) => `${file}: ${name}`));
  expect(all.filter((one) => !named.has(one))).toEqual([]);
});
