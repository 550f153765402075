import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';

import { replaceFile } from './replace-file.ts';

/**
 * Fills the package that brings all programs: it carries the launchers and one-file programs of the
 * others itself, since npm links what a package has in `bin` only if it lies in that package. The
 * old names are copies, not links, which neither a tarball nor pnpm's own launchers would keep.
 */
export function collectPrograms(target: string, sources: readonly string[]): void {
  const wanted = new Set<string>();
  const put = (name: string, contents: Uint8Array, mode: number): void => {
    wanted.add(name);
    replaceFile(join(target, name), contents);
    chmodSync(join(target, name), mode);
  };
  for (const folder of ['bin', 'dist']) mkdirSync(join(target, folder), { recursive: true });
  for (const source of sources) {
    for (const name of readdirSync(join(source, 'bin'))) {
      put(`bin/${name}`, readFileSync(realpathSync(join(source, 'bin', name))), 0o755);
    }
    for (const name of readdirSync(join(source, 'dist')).filter(isProgram)) {
      put(`dist/${name}`, readFileSync(join(source, 'dist', name)), 0o644);
    }
  }
  for (const name of ['bin', 'dist'].flatMap((folder) => filesOf(target, folder))) {
    if (!wanted.has(name)) rmSync(join(target, name));
  }
}

const filesOf = (target: string, folder: string): string[] =>
  readdirSync(join(target, folder))
    .map((name) => `${folder}/${name}`)
    .filter((name) => lstatSync(join(target, name)).isFile());

/** V8's code of a program is good for one build of node, and stays at home. */
const isProgram = (name: string): boolean =>
  (name.endsWith('.cjs') && !name.endsWith('.cached.cjs')) || name === 'sample.conf';
