import type { Accounts } from '../src/index.ts';

const users = [
  { name: 'root', uid: 0, gid: 0, home: '/root' },
  { name: 'web', uid: 4242, gid: 4343, home: '/home/web' },
];
const groups = [
  { name: 'root', gid: 0 },
  { name: 'web', gid: 4343 },
  { name: 'log', gid: 4444 },
];

/** A machine with two users. */
export const accounts: Accounts = {
  userByName: (name) => users.find((user) => user.name === name),
  userById: (uid) => users.find((user) => user.uid === uid),
  groupByName: (name) => groups.find((group) => group.name === name),
  groupById: (gid) => groups.find((group) => group.gid === gid),
};
