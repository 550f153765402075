// Bundles the programs of packages/daemon and packages/ctl, which is what bin/ runs: one file each,
// so that a program that runs never looks for a part of it that an upgrade has taken away. They are
// CommonJS: only so a single file can load node:http and the like late, and not before its first
// statement, while the daemon is deaf to signals (59 instead of 83 ms CPU, bare node 51).
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { build } from 'esbuild';

import { sampleConfig } from '../packages/daemon/src/sample-config/sample-config.ts';

const programs = [
  { name: 'tsvd', folder: 'packages/daemon', entry: 'src/main.ts' },
  { name: 'pidproxy', folder: 'packages/daemon', entry: 'src/pidproxy/main.ts' },
  {
    name: 'supervisor_stdout',
    folder: 'packages/daemon',
    entry: 'src/supervisor-stdout/main.ts',
  },
  { name: 'tsvctl', folder: 'packages/ctl', entry: 'src/main.ts' },
];

for (const { name, folder, entry } of programs) {
  const outfile = join(folder, 'dist', `${name}.cjs`);
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    conditions: ['@tsvisor/source'],
    external: ['koffi'],
    // Less to keep in memory: V8 holds the source of all that it has not compiled.
    minifyWhitespace: true,
    lineLimit: 120,
    sourcemap: 'linked',
    legalComments: 'linked',
    logLevel: 'warning',
    write: false,
  });
  mkdirSync(dirname(outfile), { recursive: true });
  for (const { path, contents } of outputFiles) replace(path, contents);
}

// What echo_supervisord_conf prints: a file, so that it needs no node to print it.
replace('packages/daemon/dist/sample.conf', sampleConfig());

/** Puts a file in its place whole: somebody may be starting it. */
function replace(path: string, contents: string | Uint8Array): void {
  writeFileSync(`${path}.new`, contents);
  renameSync(`${path}.new`, path);
}
