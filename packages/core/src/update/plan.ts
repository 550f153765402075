import { compareGroups } from '@tsvisor/config';
import type { GroupChanges, GroupConfig } from '@tsvisor/config';

/** What an update would do. Of groups of equal names the first counts, as at a start. */
export function updatePlan(
  active: readonly GroupConfig[],
  next: readonly GroupConfig[],
): GroupChanges {
  const isFirst = ({ name }: GroupConfig, at: number): boolean =>
    next.findIndex((group) => group.name === name) === at;
  return compareGroups(active, next.filter(isFirst));
}

/** What is left of a plan if only these groups are meant; undefined: all. */
export function planFor(
  only: readonly string[] | undefined,
  { added, changed, removed }: GroupChanges,
): GroupChanges {
  const isMeant = (group: string): boolean => only?.includes(group) ?? true;
  return {
    added: added.filter(isMeant),
    changed: changed.filter(isMeant),
    removed: removed.filter(isMeant),
  };
}
