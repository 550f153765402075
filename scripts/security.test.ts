// docs/security.md names the test that holds each promise; here is what holds the page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const promises = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .map((line) => line.split(/\s*\|\s*/).slice(1, -1))
  .filter(([, file = '']) => file.endsWith('.test.ts'))
  .map(([promise = '', file = '', name = '']) => [promise, file, name] as const);

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

test('there are promises', () => expect(promises.length).toBeGreaterThan(40));

test.each(promises)('a test holds: %s', (_promise, file, name) => {
  const text = readFileSync(join(root, file), 'utf8');
  // Within the text of a name, in whichever quotes.
  const inQuotes = new RegExp(`(['"\`])[^\\n]*${escaped(name)}[^\\n]*\\1`);
  expect(text).toMatch(inQuotes);
});
