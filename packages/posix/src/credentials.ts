import { readFileSync } from 'node:fs';

import { groupsOf } from './accounts.ts';
import { SystemCallError, errnoName, nodeCall } from './errno.ts';
import { getgroups, lastErrno, prctl, syscallWithIds, syscallWithList } from './libc.ts';

/** `gid: null`: the user's own groups. */
export interface UserRequest {
  readonly uid: number;
  readonly gid: number | null;
}

export interface Identity {
  readonly uid: number;
  readonly gid: number;
  /** All groups, the primary one first. */
  readonly groups: readonly number[];
}

// Asked for by number: libc's setuid(3) and its like make every thread follow.
const numbers: Partial<
  Record<NodeJS.Architecture, { setgroups: number; setresuid: number; setresgid: number }>
> = {
  x64: { setgroups: 116, setresuid: 117, setresgid: 119 },
  arm64: { setgroups: 159, setresuid: 147, setresgid: 149 },
};

/**
 * Who the child shall be. With an account: its primary group, or the group asked for, and every
 * group that lists the user. Without one: the group asked for alone, or else the group that we
 * run in, which is what container runtimes do for a bare number.
 */
export function identityOf({ uid, gid }: UserRequest): Identity {
  const groups = groupsOf(uid, gid ?? undefined) ?? [gid ?? ownGid()];
  return { uid, gid: groups[0] as number, groups };
}

/**
 * Runs `action` with the calling thread alone being somebody else, and then takes root back. A
 * child started meanwhile has no way back: its saved ids follow the effective ones at exec.
 *
 * What is inconsistent meanwhile: this thread's ids differ from those of the process's other
 * threads. Nothing but the action sees it, as this thread does nothing else. That user cannot
 * trace us (the saved uid is root's), but it can send us signals until the child has exec'd,
 * since kill(2) asks the real uid: tried, a process that keeps trying does get through. It ends
 * only with a child that changes its ids by itself.
 *
 * If root does not come back, the process aborts: nothing that it did afterwards would be right.
 *
 * @returns what the action returned, or why the identity was refused
 */
export function actAs<T>(
  identity: Identity,
  action: () => T,
): { readonly done: T } | { readonly refused: string } {
  const call = numbers[process.arch];
  if (call === undefined) return { refused: `Not supported on ${process.arch}` };
  const own = { uid: 0, realGid: process.getgid?.() ?? 0, gid: ownGid(), groups: ownGroups() };
  const traceable = prctl(PR_GET_DUMPABLE) === 1;
  const ambient = ambientCapabilities();
  const takeBack: (() => boolean)[] = [];
  try {
    // In setuid's semantics ambient capabilities go with root; with a saved uid of 0 they stay.
    if (ambient.length > 0) {
      prctl(PR_CAP_AMBIENT, 'ulong', PR_CAP_AMBIENT_CLEAR_ALL, 'ulong', 0, 'ulong', 0, 'ulong', 0);
      takeBack.unshift(() => ambient.every(raiseAmbient));
    }
    if (!setGroups(call.setgroups, identity.groups)) {
      return { refused: `Could not set groups of effective user${missing('CAP_SETGID')}` };
    }
    takeBack.unshift(() => setGroups(call.setgroups, own.groups));
    if (syscallWithIds(call.setresgid, identity.gid, identity.gid, 0) < 0) {
      return { refused: `Could not set group id of effective user${missing('CAP_SETGID')}` };
    }
    takeBack.unshift(() => syscallWithIds(call.setresgid, own.realGid, own.gid, own.gid) === 0);
    if (syscallWithIds(call.setresuid, identity.uid, identity.uid, 0) < 0) {
      const why = `: ${errnoName(lastErrno())}`;
      return { refused: `Could not set user id of effective user${missing('CAP_SETUID') || why}` };
    }
    // First of all: the others need the capabilities that come back with it.
    takeBack.unshift(() => syscallWithIds(call.setresuid, own.uid, own.uid, own.uid) === 0);
    return { done: action() };
  } finally {
    if (!takeBack.every((step) => step())) process.abort();
    // Any change of ids forbids core dumps and tracing, for the whole process.
    if (traceable) prctl(PR_SET_DUMPABLE, 'ulong', 1);
  }
}

/**
 * The whole process becomes somebody else, for good.
 * @throws {SystemCallError} EPERM; `syscall` tells which step: setgroups, setgid, setuid
 */
export function dropPrivileges({ uid, gid, groups }: Identity): void {
  step('setgroups', () => process.setgroups?.([...groups]));
  step('setgid', () => process.setgid?.(gid));
  step('setuid', () => process.setuid?.(uid));
}

/** Node names the call in some versions only. */
function step(syscall: string, call: () => void): void {
  try {
    nodeCall(call);
  } catch (error) {
    throw error instanceof SystemCallError ? new SystemCallError(syscall, error.errno) : error;
  }
}

const PR_GET_DUMPABLE = 3;
const PR_SET_DUMPABLE = 4;
const PR_CAP_AMBIENT = 47;
const PR_CAP_AMBIENT_RAISE = 2;
const PR_CAP_AMBIENT_CLEAR_ALL = 4;

const ownGid = (): number => process.getegid?.() ?? 0;

/** Node's own process.getgroups() adds the effective group. */
function ownGroups(): Uint32Array {
  const list = new Uint32Array(Math.max(getgroups(0, null), 0));
  const count = getgroups(list.length, list);
  if (count < 0) throw new SystemCallError('getgroups', lastErrno());
  return list.subarray(0, count);
}

function setGroups(number: number, groups: Iterable<number> & ArrayLike<number>): boolean {
  return syscallWithList(number, groups.length, Uint32Array.from(groups)) === 0;
}

function raiseAmbient(capability: number): boolean {
  return (
    prctl(
      PR_CAP_AMBIENT,
      'ulong',
      PR_CAP_AMBIENT_RAISE,
      'ulong',
      capability,
      'ulong',
      0,
      'ulong',
      0,
    ) === 0
  );
}

let ambientOfOurs: number[] | undefined;

/** Those that children would keep whatever their user. Only we could change them: read once. */
function ambientCapabilities(): number[] {
  ambientOfOurs ??= readAmbientCapabilities();
  return ambientOfOurs;
}

function readAmbientCapabilities(): number[] {
  let status: string;
  try {
    status = readFileSync('/proc/thread-self/status', 'latin1');
  } catch {
    return []; // no /proc: a place that sets no ambient capabilities either
  }
  const set = BigInt(`0x${/^CapAmb:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  return Array.from({ length: 64 }, (_, capability) => capability).filter(
    (capability) => (set >> BigInt(capability)) & 1n,
  );
}

/** What root may lack in a container, for the end of a message. Asked right after the call that failed. */
const missing = (capability: 'CAP_SETGID' | 'CAP_SETUID'): string =>
  errnoName(lastErrno()) === 'EPERM' ? `: ${capability} is missing` : '';
