/** What the patterns of watch= mean. Pure: it looks at paths, and at no file. */
import { dirname, relative, resolve, sep } from 'node:path';

import picomatch from 'picomatch';

/** Patterns as files are found by them: from the folders in which they begin. */
export interface Globs {
  /** Where to look: absolute paths, none within another. */
  readonly bases: readonly string[];
  matches(path: string): boolean;
  /** Whether something in this folder may match. */
  leadsTo(folder: string): boolean;
  /** Whether it is an exception, or lies in one. */
  isExcepted(path: string): boolean;
}

interface Glob {
  readonly base: string;
  readonly matches: (path: string) => boolean;
  readonly leadsTo: (folder: string) => boolean;
}

/** @param root what relative patterns begin at; absolute */
export function readGlobs(patterns: readonly string[], root: string): Globs {
  const wanted = patterns.filter((pattern) => !isException(pattern)).map((one) => glob(one, root));
  const exceptions = patterns.filter(isException).map((one) => glob(one.slice(1), root));
  const isExcepted = (path: string): boolean =>
    exceptions.some(({ base, matches }) => pathsBetween(base, path).some(matches));
  return {
    bases: outermost(wanted.map(({ base }) => base)),
    matches: (path) => wanted.some(({ matches }) => matches(path)) && !isExcepted(path),
    leadsTo: (folder) =>
      wanted.some(({ base, leadsTo }) => isWithin(folder, base) || leadsTo(folder)) &&
      !isExcepted(folder),
    isExcepted,
  };
}

/** `!(a|b)` is a pattern too. */
const isException = (pattern: string): boolean => /^!(?!\()/.test(pattern);

function glob(pattern: string, root: string): Glob {
  const { base: start, glob: rest } = picomatch.scan(pattern);
  // Of a pattern that begins at /, what is left is nothing.
  const from = pattern.startsWith('/') ? `/${start}` : start;
  const base = resolve(root, from.replaceAll(/\\(.)/g, '$1'));
  // A name without magic stands for the file, or for all that is in the folder.
  if (rest === '') {
    return {
      base,
      matches: (path) => isWithin(base, path),
      leadsTo: (folder) => isWithin(base, folder),
    };
  }
  const isMatch = picomatch(rest, { dot: true });
  const leads = folderTest(rest);
  return {
    base,
    matches: (path) => path !== base && isWithin(base, path) && isMatch(relative(base, path)),
    leadsTo: (folder) => isWithin(base, folder) && leads(relative(base, folder)),
  };
}

/** Tells of a path from the base whether files that match can be somewhere below it. */
function folderTest(pattern: string): (folder: string) => boolean {
  // Braces, or the alternatives in parentheses, may hold slashes of their own.
  if (/[{(]/.test(pattern)) return () => true;
  const names = pattern.split('/');
  const deep = names.findIndex((name) => name.includes('**'));
  const known = deep === -1 ? names.slice(0, -1) : names.slice(0, deep);
  const tests = known.map((name) => picomatch(name, { dot: true }));
  return (folder) => {
    const given = folder === '' ? [] : folder.split(sep);
    if (deep === -1 && given.length > known.length) return false;
    return given.every((name, at) => tests[at]?.(name) ?? true);
  };
}

export const isWithin = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** The path and the folders that it lies in, up to `base`. */
function pathsBetween(base: string, path: string): string[] {
  const paths: string[] = [];
  for (let at = path; isWithin(base, at); at = dirname(at)) {
    paths.push(at);
    if (at === base || at === sep) break;
  }
  return paths;
}

const outermost = (paths: readonly string[]): string[] =>
  [...new Set(paths)].filter(
    (path) => !paths.some((other) => other !== path && isWithin(other, path)),
  );
