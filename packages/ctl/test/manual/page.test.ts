import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { options } from '../../src/command-line-options.ts';
import { commands } from '../../src/commands/table.ts';
import { manualPage } from '../../src/manual/page.ts';
import { tsvctlPage } from '../../src/manual/tsvctl.ts';
import { tsvdPage } from '../../src/manual/tsvd.ts';

test.each([tsvctlPage, tsvdPage])('docs/man has the page of $name as it is now', (page) => {
  const url = new URL(`../../../../docs/man/${page.name}.${page.section}`, import.meta.url);
  // If not: tsx --conditions=@tsvisor/source scripts/man.ts
  expect(readFileSync(url, 'utf8')).toBe(manualPage(page));
});

test('the page of tsvctl has every action and every option', () => {
  const text = manualPage(tsvctlPage);
  for (const command of commands) expect(text).toContain(`.SS ${command.name}\n`);
  for (const option of options) {
    expect(text).toContain(`\\-\\-${option.long?.replaceAll('-', '\\-')}`);
  }
});

test('what roff would take for its own is harmless', () => {
  const page = { ...tsvctlPage, description: [".SH not a header\n'nor this \\ one"] };
  expect(manualPage(page)).toContain("\\&.SH not a header\n\\&'nor this \\e one");
});
