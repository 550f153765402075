import type { GroupConfig, Supervisor } from '@tsvisor/core';

import { processDocument } from './process-document.ts';
import type { ProcessDocument } from './process-document.ts';

export interface GroupDocument {
  readonly name: string;
  readonly kind: GroupConfig['type'];
  readonly priority: number;
  /** False: it is in the configuration read last, and can be added. */
  readonly isActive: boolean;
  /** Of an active group, in the order in which they start. */
  readonly processes: readonly ProcessDocument[];
}

type Source = Pick<Supervisor, 'config' | 'groups' | 'group'>;

/** In the order in which they were activated. */
export const activeGroups = ({ groups }: Source): readonly GroupDocument[] =>
  groups.map(({ config, processes }) => ({
    ...common(config),
    isActive: true,
    processes: processes.map((process) => processDocument(process, config.type)),
  }));

/** Those of the configuration read last that are not active, in its order. */
export const otherGroups = (supervisor: Source): readonly GroupDocument[] =>
  supervisor.config.groups
    .filter(({ name }) => supervisor.group(name) === undefined)
    .map((one) => ({ ...common(one), isActive: false, processes: [] }));

const common = ({
  name,
  type,
  priority,
}: GroupConfig): Omit<GroupDocument, 'isActive' | 'processes'> => ({
  name,
  kind: type,
  priority,
});
