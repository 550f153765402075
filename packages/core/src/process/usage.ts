import type { ProcessEntry } from '../kernel.ts';

/** What a process and all that belongs to it use. */
export interface Usage {
  /** Of those that are there, and of those that they have waited for; goes down when others end. */
  readonly cpuSeconds: number;
  /** Resident; what several share counts for each. */
  readonly memoryBytes: number;
  /** How many they are. */
  readonly count: number;
}

/**
 * What each of these processes uses, by pid, with all that belongs to it: its descendants, and
 * those that have lost their parent but are in a process group or session that one of them leads.
 * One that is not in the table is left out.
 */
export function usageOf(
  pids: readonly number[],
  table: readonly ProcessEntry[],
): ReadonlyMap<number, Usage> {
  const usages = new Map<number, Usage>();
  const roots = rootsOf(pids, table);
  for (const { pid, cpuSeconds, memoryBytes } of table) {
    const root = roots.get(pid);
    if (root === undefined) continue;
    const before = usages.get(root) ?? nothing;
    usages.set(root, {
      cpuSeconds: before.cpuSeconds + cpuSeconds,
      memoryBytes: before.memoryBytes + memoryBytes,
      count: before.count + 1,
    });
  }
  return usages;
}

const nothing: Usage = { cpuSeconds: 0, memoryBytes: 0, count: 0 };

/** Which of these each process belongs to. */
function rootsOf(
  pids: readonly number[],
  table: readonly ProcessEntry[],
): ReadonlyMap<number, number> {
  const children = childrenOf(table);
  const roots = new Map<number, number>();
  const claim = (pid: number, root: number): void => {
    const found = [pid];
    // Grows while it is walked.
    for (const next of found) {
      // A table that took a while to read may even have circles.
      if (roots.has(next)) continue;
      roots.set(next, root);
      for (const child of children.get(next) ?? []) found.push(child);
    }
  };
  for (const pid of pids) claim(pid, pid);
  for (const { pid, group, session } of table) {
    const root = roots.get(group) ?? roots.get(session);
    if (root !== undefined) claim(pid, root);
  }
  return roots;
}

function childrenOf(table: readonly ProcessEntry[]): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of table) {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [pid]);
    else siblings.push(pid);
  }
  return children;
}
