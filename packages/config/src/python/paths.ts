/** Python's os.path on POSIX; node:path normalises where this does not. */

export function isAbsolute(path: string): boolean {
  return path.startsWith('/');
}

export function join(folder: string, path: string): string {
  if (isAbsolute(path)) return path;
  return folder === '' || folder.endsWith('/') ? folder + path : `${folder}/${path}`;
}

/** `[folder, name]`; slashes that end the folder are dropped unless it is nothing but slashes. */
export function split(path: string): [string, string] {
  const cut = path.lastIndexOf('/') + 1;
  const folder = path.slice(0, cut);
  let end = cut;
  while (end > 0 && folder[end - 1] === '/') end--;
  return [end === 0 ? folder : folder.slice(0, end), path.slice(cut)];
}

export function dirname(path: string): string {
  return split(path)[0];
}

/** Resolves `.`, `..` and doubled slashes in the text alone. */
export function normalize(path: string): string {
  if (path === '') return '.';
  // POSIX lets exactly two leading slashes mean something else, so they stay.
  const root = /^\/\/(?!\/)/.test(path) ? '//' : path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (root === '') parts.push(part);
  }
  return root + parts.join('/') || '.';
}

export function absolute(path: string, cwd: string): string {
  return normalize(join(cwd, path));
}
