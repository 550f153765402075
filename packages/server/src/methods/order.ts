import { byPriority } from '@tsvisor/core';
import type { Group, Process, Supervisor } from '@tsvisor/core';

/** Groups, and within them processes, that start first come first; equals stand as they were activated. */
export const inPriorityOrder = (supervisor: Pick<Supervisor, 'groups'>): readonly Process[] =>
  byPriority(supervisor.groups).flatMap(membersInOrder);

/** The processes of one group likewise. */
export const membersInOrder = ({ processes }: Group): readonly Process[] => byPriority(processes);

/** By group, then name. */
export function inNameOrder(supervisor: Pick<Supervisor, 'groups'>): readonly Process[] {
  return supervisor.groups
    .toSorted((one, other) => compare(one.name, other.name))
    .flatMap((group) => group.processes.toSorted((one, other) => compare(one.name, other.name)));
}

/** Plain order of characters, whatever the locale. */
export const compare = (one: string, other: string): number =>
  one < other ? -1 : Number(one > other);
