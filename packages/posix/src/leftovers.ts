import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A process, and what the kernel calls it. */
export interface Leftover {
  readonly pid: number;
  readonly name: string;
}

interface Entry extends Leftover {
  readonly parent: number;
  readonly isZombie: boolean;
}

/**
 * The processes that are there besides us: as pid 1 all others of our namespace, else our
 * descendants. No zombies. Empty where /proc is missing, or shows another namespace.
 */
export function leftovers(): readonly Leftover[] {
  if (!isProcOurs()) return [];
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? entryOf(name) : []));
  const found = process.pid === 1 ? all.filter(({ pid }) => pid !== 1) : descendants(all);
  return found.filter(({ isZombie }) => !isZombie).map(({ pid, name }) => ({ pid, name }));
}

function isProcOurs(): boolean {
  try {
    return readlinkSync('/proc/self') === String(process.pid);
  } catch {
    return false;
  }
}

function descendants(all: readonly Entry[]): readonly Entry[] {
  const children = new Map<number, Entry[]>();
  for (const entry of all) {
    const siblings = children.get(entry.parent);
    if (siblings === undefined) children.set(entry.parent, [entry]);
    else siblings.push(entry);
  }
  const found = [...(children.get(process.pid) ?? [])];
  // Grows while it is walked.
  for (const { pid } of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** The name stands in parentheses and may hold any character: proc_pid_stat(5). */
function entryOf(pid: string): Entry[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const [state, parent] = stat.slice(end + 2).split(' ');
    const name = stat.slice(stat.indexOf('(') + 1, end);
    return [{ pid: Number(pid), name, parent: Number(parent), isZombie: state === 'Z' }];
  } catch {
    // It ended while we looked.
    return [];
  }
}
