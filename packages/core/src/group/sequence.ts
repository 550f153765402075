// Who starts and stops when. Pure: it orders, others act.

interface Prioritized {
  readonly priority: number;
}

/** Ascending priority; equals keep their order. */
export function byPriority<T extends Prioritized>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => a.priority - b.priority);
}

/** The reverse of byPriority, so that among equals the last comes first. */
export function stopOrder<T extends Prioritized>(items: readonly T[]): readonly T[] {
  return byPriority(items).toReversed();
}

/**
 * The groups that stop together at shutdown, in turn: each batch only when all before it have
 * stopped. `priority`: groups of equal priority together, higher numbers first (difference
 * D1). `serial`: one after another, as supervisord does.
 */
export function stopBatches<T extends Prioritized>(
  groups: readonly T[],
  order: 'priority' | 'serial',
): readonly (readonly T[])[] {
  const batches: T[][] = [];
  for (const group of stopOrder(groups)) {
    const batch = batches.at(-1);
    if (order === 'priority' && batch?.[0]?.priority === group.priority) batch.push(group);
    else batches.push([group]);
  }
  return batches;
}
