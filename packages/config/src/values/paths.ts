import { BadValue } from '../errors.ts';
import { absolute, dirname, join } from '../python/paths.ts';
import type { World } from '../world.ts';
import type { ValueType } from './type.ts';

/** `~` and `~name` at the start; what cannot be looked up stays. */
export function expandHome(path: string, world: World): string {
  if (!path.startsWith('~')) return path;
  const end = path.includes('/') ? path.indexOf('/') : path.length;
  const home = end === 1 ? ownHome(world) : world.accounts.userByName(path.slice(1, end))?.home;
  if (home === undefined) return path;
  return home.replace(/\/+$/, '') + path.slice(end) || '/';
}

function ownHome(world: World): string | undefined {
  return world.environment['HOME'] ?? world.accounts.userById(world.uid)?.home;
}

/** `~` expanded, absolute, without `.` and `..`. */
export function readAbsolute(given: string, world: World): string {
  return absolute(expandHome(given, world), world.cwd);
}

export const absolutePath: ValueType<string> = { name: 'path', read: readAbsolute };

/** Shown absolute, but otherwise as it is written. */
function showPath(path: string, { cwd }: { readonly cwd: string }): string {
  return join(cwd, path);
}

export const existingDirectory: ValueType<string> = {
  name: 'directory that exists',
  read(given, world) {
    const path = expandHome(given, world);
    if (!world.files.isDirectory(path)) throw new BadValue(`${given} is not an existing directory`);
    return path;
  },
  show: showPath,
};

export function readPathInDirectory(given: string, world: World): string {
  const path = expandHome(given, world);
  const folder = dirname(path);
  if (folder !== '' && !world.files.isDirectory(folder)) {
    throw new BadValue(`The directory named as part of the path ${given} does not exist`);
  }
  return path;
}

export const pathInDirectory: ValueType<string> = {
  name: 'path in a directory that exists',
  read: readPathInDirectory,
};

/** The main log: a file, or `syslog`. */
export const mainLog: ValueType<string> = {
  name: 'path in a directory that exists, or syslog',
  read: readPathInDirectory,
};
