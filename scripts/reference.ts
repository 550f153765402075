// Writes the pages of docs/reference that follow from tables of the code; a test compares them:
// tsx --conditions=@tsvisor/source scripts/reference.ts && oxfmt docs/reference
import { writeFileSync } from 'node:fs';

import { pages } from './reference/pages.ts';

for (const [name, make] of Object.entries(pages)) writeFileSync(`docs/reference/${name}`, make());
