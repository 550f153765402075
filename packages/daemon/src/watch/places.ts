/**
 * Where to look to be told when what a path leads to becomes another: the folders and the names in
 * them, along all symbolic links. A ConfigMap of Kubernetes changes by a link that is replaced two
 * folders away from the file; what is not there yet comes to be in the nearest folder that is.
 */
import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

import { hasMagic, nameMatcher } from '@tsvisor/config';

type NameTest = (name: string) => boolean;

export interface Places {
  /** By folder, which names in it concern us. */
  readonly folders: ReadonlyMap<string, readonly NameTest[]>;
  /** The files at the end: one that is mounted by itself changes unseen by the folder that it is in. */
  readonly files: ReadonlySet<string>;
  /** Equal for equal places, while the same folders and files are there. */
  readonly identity: string;
}

/** As path_resolution(7). */
const MOST_LINKS = 40;

/** @param paths absolute paths; a name in it may be a pattern of those of `[include]` */
export function placesOf(paths: readonly string[], patterns: readonly string[] = []): Places {
  const walk = new Walk();
  for (const path of paths) walk.visit('/', path.split('/'), false, MOST_LINKS);
  for (const pattern of patterns) walk.visit('/', pattern.split('/'), true, MOST_LINKS);
  const identity = [...new Set(walk.seen)].toSorted().join('\n');
  return { folders: walk.folders, files: walk.files, identity };
}

class Walk {
  readonly folders = new Map<string, NameTest[]>();
  readonly files = new Set<string>();
  readonly seen: string[] = [];

  /** @param folder without a link in it */
  visit(folder: string, names: readonly string[], mayHaveMagic: boolean, linksLeft: number): void {
    const [name, ...rest] = names;
    if (name === undefined) return;
    if (name === '' || name === '.') return this.visit(folder, rest, mayHaveMagic, linksLeft);
    if (name === '..') return this.visit(dirname(folder), rest, mayHaveMagic, linksLeft);
    if (!mayHaveMagic || !hasMagic(name)) {
      return this.#enter(folder, name, rest, mayHaveMagic, linksLeft);
    }
    const matches = nameMatcher(name);
    const isMeant: NameTest = (one) =>
      (name.startsWith('.') || !one.startsWith('.')) && matches(one);
    this.#watch(folder, isMeant, name);
    for (const one of namesIn(folder).filter(isMeant)) {
      this.#enter(folder, one, rest, mayHaveMagic, linksLeft);
    }
  }

  #enter(
    folder: string,
    name: string,
    rest: readonly string[],
    mayHaveMagic: boolean,
    linksLeft: number,
  ): void {
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory() && rest.some((one) => one !== '')) {
      return this.visit(path, rest, mayHaveMagic, linksLeft);
    }
    this.#watch(folder, (one) => one === name, name);
    this.seen.push(`${path} ${identityOf(stats)}`);
    if (stats?.isFile()) this.files.add(path);
    if (!stats?.isSymbolicLink() || linksLeft === 0) return;
    const target = readlinkSync(path);
    this.visit(
      isAbsolute(target) ? '/' : folder,
      [...target.split('/'), ...rest],
      mayHaveMagic,
      linksLeft - 1,
    );
  }

  #watch(folder: string, test: NameTest, shown: string): void {
    const tests = this.folders.get(folder);
    if (tests === undefined) this.folders.set(folder, [test]);
    else tests.push(test);
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    this.seen.push(`${folder} ${identityOf(stats)}: ${shown}`);
  }
}

/** The number alone is often given to the next file that is made. */
const identityOf = (stats: Stats | undefined): string =>
  stats === undefined ? 'is not there' : `${stats.dev}/${stats.ino}/${stats.birthtimeMs}`;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It may not be read, or has just gone: nothing matches in it.
    return [];
  }
}
