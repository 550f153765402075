import { readFileSync } from 'node:fs';

export interface User {
  readonly name: string;
  readonly uid: number;
  /** The primary group. */
  readonly gid: number;
  readonly home: string;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
}

// The files themselves, for a C library that cannot find its name service modules. A missing file
// is an empty one: images without accounts are common.

/** passwd(5): name:password:uid:gid:comment:home:shell */
export function readUsers(path: string): User[] {
  return records(path).flatMap(([name, , uid, gid, , home]) =>
    name !== '' && isId(uid) && isId(gid)
      ? [{ name: name as string, uid: Number(uid), gid: Number(gid), home: home ?? '' }]
      : [],
  );
}

/** group(5): name:password:gid:member,member */
export function readGroups(path: string): (Group & { readonly members: readonly string[] })[] {
  return records(path).flatMap(([name, , gid, members]) =>
    name !== '' && isId(gid)
      ? [{ name: name as string, gid: Number(gid), members: members?.split(',') ?? [] }]
      : [],
  );
}

function records(path: string): string[][] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return []; // ENOENT, EACCES: nobody is known
  }
  return text.split('\n').map((line) => line.split(':'));
}

function isId(field: string | undefined): boolean {
  return field !== undefined && /^[0-9]{1,10}$/.test(field);
}
