import { readGroups, readUsers } from './account-files.ts';
import type { Group, User } from './account-files.ts';
import {
  getgrgid_r,
  getgrnam_r,
  getgrouplist,
  getpwnam_r,
  getpwuid_r,
  addressOf,
  textAt,
} from './libc.ts';
import type { Memory } from './libc.ts';

// The C library first: it knows what nsswitch.conf adds to the files. Nothing here throws, and
// nothing is kept: an entry made while we run counts from then on.

export function userByName(name: string): User | undefined {
  return userInLibc(getpwnam_r, name) ?? usersInFile().find((user) => user.name === name);
}

export function userById(uid: number): User | undefined {
  return userInLibc(getpwuid_r, uid) ?? usersInFile().find((user) => user.uid === uid);
}

export function groupByName(name: string): Group | undefined {
  return groupInLibc(getgrnam_r, name) ?? groupInFile((group) => group.name === name);
}

export function groupById(gid: number): Group | undefined {
  return groupInLibc(getgrgid_r, gid) ?? groupInFile((group) => group.gid === gid);
}

/**
 * The primary group of a user, given by name or uid, and then every group that lists the user as
 * a member, without repetition; undefined if there is no such user.
 *
 * @param primary stands first instead of the primary group of the entry
 */
export function groupsOf(user: string | number, primary?: number): readonly number[] | undefined {
  const [inLibc, inFile] =
    typeof user === 'string'
      ? [() => userInLibc(getpwnam_r, user), (entry: User) => entry.name === user]
      : [() => userInLibc(getpwuid_r, user), (entry: User) => entry.uid === user];
  const known = inLibc();
  if (known !== undefined)
    return unique(primary ?? known.gid, memberships(known.name, primary ?? known.gid));
  const listed = usersInFile().find(inFile);
  if (listed === undefined) return undefined;
  const others = groupsInFile().filter((group) => group.members.includes(listed.name));
  return unique(
    primary ?? listed.gid,
    others.map((group) => group.gid),
  );
}

/** Whoever is 0 is root, in an image without accounts too. */
const root: User = { name: 'root', uid: 0, gid: 0, home: '/root' };
const rootGroup = { name: 'root', gid: 0, members: [] };

const usersInFile = (): User[] => [...readUsers('/etc/passwd'), root];
function groupInFile(isIt: (group: Group) => boolean): Group | undefined {
  const found = groupsInFile().find(isIt);
  return found && { name: found.name, gid: found.gid };
}

const groupsInFile = (): ReturnType<typeof readGroups> => [...readGroups('/etc/group'), rootGroup];

function unique(first: number, others: readonly number[]): number[] {
  return [...new Set([first, ...others])];
}

/** getgrouplist(3) says how many there are when the list is too short. */
function memberships(name: string, gid: number): number[] {
  for (let room = 64; room <= 65536;) {
    const list = new Uint32Array(room);
    const count = new Int32Array([room]);
    const outcome = getgrouplist(name, gid, list, count);
    const needed = count[0] as number;
    if (outcome >= 0) return [...list.subarray(0, needed)];
    room = Math.max(needed, room * 2);
  }
  return [gid];
}

const ERANGE = 34;
const wordBytes = 8;

type LookUp<Key> = (key: Key, entry: Memory, text: Memory, length: number, found: Memory) => number;

/** struct passwd: name, password, uid and gid (32 bits each), comment, home, shell */
function userInLibc<Key extends string | number>(lookUp: LookUp<Key>, key: Key): User | undefined {
  return look(lookUp, key, (entry) => ({
    name: textOf(entry, 0),
    uid: entry.readUInt32LE(2 * wordBytes),
    gid: entry.readUInt32LE(2 * wordBytes + 4),
    home: textOf(entry, 4 * wordBytes),
  }));
}

/** struct group: name, password, gid, members */
function groupInLibc<Key extends string | number>(
  lookUp: LookUp<Key>,
  key: Key,
): Group | undefined {
  return look(lookUp, key, (entry) => ({
    name: textOf(entry, 0),
    gid: entry.readUInt32LE(2 * wordBytes),
  }));
}

function look<Key extends string | number, Entry>(
  lookUp: LookUp<Key>,
  key: Key,
  read: (entry: Buffer) => Entry,
): Entry | undefined {
  // A NUL would cut the name, and find somebody else.
  if (typeof key === 'string' ? key.includes('\0') : !isId(key)) return undefined;
  const entry = Buffer.alloc(8 * wordBytes);
  const found = new BigUint64Array(1);
  for (let room = 1024; room <= 1 << 20; room *= 4) {
    const text = Buffer.alloc(room);
    const error = lookUp(key, entry, text, room, found);
    // The texts lie in `text`, which must live until they are read.
    if (error === 0 && found[0] === addressOf(entry))
      return text.length > 0 ? read(entry) : undefined;
    if (error !== ERANGE) return undefined; // ENOENT, EIO, EMFILE …: not known is all we can say
  }
  return undefined;
}

const isId = (key: number): boolean => Number.isInteger(key) && key >= 0 && key < 0xffff_ffff;

const textOf = (entry: Buffer, offset: number): string =>
  textAt(entry.readBigUInt64LE(offset)) ?? '';
