// Builds the one-file programs of packages/daemon and packages/ctl: they start faster than
// a tree of modules, and are what bin/ runs.
import { build } from 'esbuild';

const programs = [
  { entry: 'packages/daemon/src/main.ts', out: 'packages/daemon/dist/tsvd.js' },
  { entry: 'packages/ctl/src/main.ts', out: 'packages/ctl/dist/tsvctl.js' },
];

// What is CommonJS inside the bundle asks for `require`.
const banner =
  "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);";

for (const program of programs) {
  await build({
    entryPoints: [program.entry],
    outfile: program.out,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@tsvisor/source'],
    external: ['koffi'],
    banner: { js: banner },
    sourcemap: 'linked',
    legalComments: 'linked',
    logLevel: 'warning',
  });
}
