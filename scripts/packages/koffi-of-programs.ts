import { join } from 'node:path';

import type { Plugin } from 'esbuild';

/** What stands in koffi.cjs for what stands in koffi.ts, which asks where its file is. */
export const koffiOfPrograms: Plugin = {
  name: 'koffi-of-programs',
  setup(build) {
    const path = join(import.meta.dirname, 'koffi.cjs');
    build.onResolve({ filter: /\/koffi\.ts$/ }, () => ({ path }));
  },
};
