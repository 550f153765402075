import { processTable } from './process-table.ts';
import type { ProcessEntry } from './process-table.ts';

/** A process, and what the kernel calls it. */
export type Leftover = Pick<ProcessEntry, 'pid' | 'name'>;

/**
 * The processes that are there besides us: as pid 1 all others of our namespace, else our
 * descendants. No zombies. Empty where /proc is missing, or shows another namespace.
 */
export function leftovers(): readonly Leftover[] {
  const all = processTable();
  const found = process.pid === 1 ? all.filter(({ pid }) => pid !== 1) : descendants(all);
  return found.filter(({ isZombie }) => !isZombie).map(({ pid, name }) => ({ pid, name }));
}

function descendants(all: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
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
