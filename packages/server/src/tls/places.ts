import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A name in a directory, on which it depends what a path leads to. */
export interface Place {
  readonly directory: string;
  readonly name: string;
}

// As many as the kernel follows, path_resolution(7).
const MAX_LINKS = 40;

/**
 * Where to watch for changes of what a path leads to: the file in its directory, and each link on
 * the way in its own. Kubernetes swaps a link to a directory, certbot one to the file. What is
 * missing is to be waited for where it should be.
 */
export function placesOf(path: string): Place[] {
  const places: Place[] = [];
  const rest = parts(path);
  let directory = '/';
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '..') {
      directory = dirname(directory);
      continue;
    }
    const found = look(join(directory, name));
    if (found === 'directory' && rest.length > 0) {
      directory = join(directory, name);
      continue;
    }
    places.push({ directory, name });
    if (found !== 'link' || ++links > MAX_LINKS) return places;
    const target = readlinkSync(join(directory, name));
    if (target.startsWith('/')) directory = '/';
    rest.unshift(...parts(target));
  }
  return places;
}

const parts = (path: string): string[] =>
  path.split('/').filter((part) => part !== '' && part !== '.');

function look(path: string): 'directory' | 'link' | 'other' {
  try {
    const found = lstatSync(path);
    if (found.isSymbolicLink()) return 'link';
    return found.isDirectory() ? 'directory' : 'other';
  } catch {
    // Missing, or not for us to see: there is no further to go.
    return 'other';
  }
}
