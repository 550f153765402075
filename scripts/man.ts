// Writes the manual pages of both programs to docs/man, from the tables that the programs
// themselves use: tsx --conditions=@tsvisor/source scripts/man.ts
import { mkdirSync, writeFileSync } from 'node:fs';

import { manualPage } from '../packages/ctl/src/manual/page.ts';
import { tsvctlPage } from '../packages/ctl/src/manual/tsvctl.ts';
import { tsvdPage } from '../packages/ctl/src/manual/tsvd.ts';

mkdirSync('docs/man', { recursive: true });
for (const page of [tsvctlPage, tsvdPage]) {
  writeFileSync(`docs/man/${page.name}.${page.section}`, manualPage(page));
}
