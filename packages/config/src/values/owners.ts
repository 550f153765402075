/** Users and groups, by name or number. */
import { BadValue } from '../errors.ts';
import { pythonInteger } from '../python/integer.ts';
import { cutAtFirst } from '../python/text.ts';
import type { Owner, UserId } from '../types.ts';
import type { Accounts } from '../world.ts';
import type { ValueType } from './type.ts';

/** 2³²−1 means "unchanged" to chown(2) and setresuid(2). */
const HIGHEST_ID = 2 ** 32 - 2;

/**
 * A user to run as. Unlike supervisord it needs no passwd entry: a number stands for itself, and `uid:gid`
 * names the group too.
 */
function readUser(given: string, accounts: Accounts): UserId {
  const [user, group] = cutAtFirst(given, ':') ?? [given, undefined];
  const uid = pythonInteger(user);
  const gid = group === undefined ? null : pythonInteger(group);
  if (uid === undefined || gid === undefined) {
    const account = accounts.userByName(given);
    if (!account) throw new BadValue(`Invalid user name ${given}`);
    return { uid: account.uid, gid: null };
  }
  if (!isId(uid) || (gid !== null && !isId(gid))) throw new BadValue(`Invalid user id ${given}`);
  return { uid, gid };
}

export const user: ValueType<UserId> = {
  name: 'user, uid or uid:gid',
  read: (given, { accounts }) => readUser(given, accounts),
  show: ({ uid }) => uid,
};

/** The owner of a socket; `invalid` words the error. */
export function ownerOf(invalid: (given: string) => string): ValueType<Owner> {
  return {
    name: 'user or user:group',
    read(given, { accounts }) {
      const [userName, groupName] = cutAtFirst(given, ':') ?? [given, undefined];
      const uid = uidOf(userName, accounts);
      const gid = groupName === undefined ? null : gidOf(groupName, accounts);
      if (uid === undefined || gid === undefined) throw new BadValue(invalid(given));
      return { uid, gid };
    },
    show: ({ uid, gid }) => [uid, gid ?? -1],
  };
}

function uidOf(name: string, accounts: Accounts): number | undefined {
  const number = pythonInteger(name);
  if (number === undefined) return accounts.userByName(name)?.uid;
  return isId(number) ? accounts.userById(number)?.uid : undefined;
}

function gidOf(name: string, accounts: Accounts): number | undefined {
  const number = pythonInteger(name);
  if (number === undefined) return accounts.groupByName(name)?.gid;
  return isId(number) ? accounts.groupById(number)?.gid : undefined;
}

function isId(number: number): boolean {
  return number >= 0 && number <= HIGHEST_ID;
}
