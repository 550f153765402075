// The shared libraries that a program needs, as its own loader finds them.
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { interpreterOf } from './elf.ts';

export interface Library {
  /** The name by which programs ask for it. */
  readonly name: string;
  /** The file itself, behind all links. */
  readonly file: string;
}

export interface Linkage {
  readonly loader: Library;
  /** The loader is not among them. */
  readonly libraries: readonly Library[];
}

/**
 * Of a program, and of the addons that it will load, whose libraries must be the same files.
 * Beside them goes libnss_compat: Debian up to 9 and Ubuntu up to 18.04 say `passwd: compat` in
 * nsswitch.conf, and theirs does not fit a newer C library. The other modules are inside libc.
 */
export function linkageOf(program: string, addons: readonly string[]): Linkage {
  const loader = interpreterOf(readFileSync(program));
  const found = new Map<string, string>();
  for (const file of [program, ...addons]) {
    const list = execFileSync(loader, ['--list', file], { encoding: 'utf8' });
    for (const [, name, path] of list.matchAll(/^\s*(\S+) => (\/\S+) \(0x/gm)) {
      found.set(name as string, realpathSync(path as string));
    }
  }
  const libc = found.get('libc.so.6');
  if (libc === undefined) throw new Error(`cannot bundle ${program}: it does not use glibc`);
  const compat = 'libnss_compat.so.2';
  found.set(compat, realpathSync(join(dirname(libc), compat)));

  const loaderName = loader.slice(loader.lastIndexOf('/') + 1);
  found.delete(loaderName);
  return {
    loader: { name: loaderName, file: realpathSync(loader) },
    libraries: [...found.keys()]
      .toSorted()
      .map((name) => ({ name, file: found.get(name) as string })),
  };
}
