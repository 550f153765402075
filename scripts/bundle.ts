// Bundles the programs of packages/daemon and packages/ctl, which is what bin/ runs: one file each,
// so that a program that runs never looks for a part of it that an upgrade has taken away. They are
// CommonJS: only so a single file can load node:http and the like late, and not before its first
// statement, while the daemon is deaf to signals (59 instead of 83 ms CPU, bare node 51).
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { build } from 'esbuild';

import { sampleConfig } from '../packages/daemon/src/sample-config/sample-config.ts';
import { makeCodeCaches } from './code-cache/make.ts';
import { footer, header, NO_MARK } from './code-cache/wrapper.ts';
import { collectPrograms } from './packages/collect.ts';
import { koffiOfPrograms } from './packages/koffi-of-programs.ts';
import { lateBuiltins } from './packages/late-builtins.ts';
import { replaceFile } from './packages/replace-file.ts';
import { removeStale } from './packages/stale.ts';
import { packagesAmong, thirdPartyLicences } from './packages/third-party.ts';

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

for (const name of readdirSync('packages')) removeStale(join('packages', name));

const contained = new Map<string, string[]>();
for (const { name, folder, entry } of programs) {
  const outfile = join(folder, 'dist', `${name}.cjs`);
  const { outputFiles, metafile } = await build({
    entryPoints: [join(folder, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    conditions: ['@tsvisor/source'],
    plugins: [lateBuiltins, koffiOfPrograms],
    // Less to keep in memory: V8 holds the source of all that it has not compiled.
    minifyWhitespace: true,
    lineLimit: 120,
    // Builtins that are loaded late by `require`, which works in code from a cache, and is quicker.
    supported: { 'dynamic-import': false },
    banner: { js: header(NO_MARK) },
    footer: { js: footer },
    sourcemap: 'linked',
    legalComments: 'linked',
    logLevel: 'warning',
    write: false,
    metafile: true,
  });
  mkdirSync(dirname(outfile), { recursive: true });
  for (const { path, contents } of outputFiles)
    replaceFile(path, path.endsWith('.cjs') ? marked(contents) : contents);
  contained.set(name, packagesAmong(Object.keys(metafile.inputs)));
}

// What echo_supervisord_conf prints: a file, so that it needs no node to print it.
replaceFile('packages/daemon/dist/sample.conf', sampleConfig());

const daemon = 'packages/daemon';
const ctl = 'packages/ctl';
collectPrograms('packages/tsvisor', [daemon, ctl]);
for (const target of [daemon, ctl, 'packages/tsvisor']) {
  const inIt = programs.filter(({ folder }) => folder === target || target.endsWith('tsvisor'));
  const names = inIt.map(({ name }) => name);
  const folders = new Set(names.flatMap((name) => contained.get(name) ?? []));
  replaceFile(join(target, 'THIRD-PARTY-NOTICES.txt'), thirdPartyLicences(names, [...folders]));
}

await makeCodeCaches('packages/daemon/dist/tsvd.cjs', 'packages/ctl/dist/tsvctl.cjs');

/** With a mark in its first line that no other contents have. */
function marked(contents: Uint8Array): string {
  const text = Buffer.from(contents).toString();
  return text.replace(NO_MARK, createHash('sha256').update(contents).digest('hex'));
}
