import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { processDiagram } from '../../src/testing/process-diagram.ts';

const cells = (table: string): string[] =>
  table
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.includes('---'))
    .map((line) => line.replace(/ +/g, ' '));

test('docs/design/detailed-operation.md shows the machine as it is', () => {
  const page = readFileSync(
    new URL('../../../../docs/design/detailed-operation.md', import.meta.url),
    'utf8',
  );
  expect(cells(page.split('<!-- machine -->')[1] ?? '')).toEqual(cells(processDiagram()));
});
