import { namespecText } from '@tsvisor/core';
import type { Group, ListenerState, Process, Supervisor, SupervisorState } from '@tsvisor/core';

import { readinessOf } from '../health/readiness.ts';
import type { Counts, ProcessCounts } from './counts.ts';
import type { PoolCounts } from './pool-counts.ts';

/** All that an answer tells of, at one moment: nothing happens while it is written. */
export interface Look {
  readonly version: string;
  readonly identifier: string;
  readonly state: SupervisorState;
  readonly isReady: boolean;
  readonly totals: Supervisor['totals'];
  /** Each process that is there. */
  readonly counts: ReadonlyMap<Process, Counts>;
  readonly usageOf: (process: Process) => Usage | undefined;
  readonly pools: readonly Pool[];
  /** By pool, those that are gone included. */
  readonly discarded: readonly (readonly [pool: string, count: number])[];
}

type Usage = ReturnType<ReturnType<Supervisor['usage']>['get']>;

interface Pool {
  readonly name: string;
  readonly pool: NonNullable<Group['pool']>;
  readonly listeners: readonly { readonly name: string; readonly state: ListenerState }[];
}

export interface LookAt {
  readonly supervisor: Supervisor;
  readonly version: string;
  readonly counts: ProcessCounts;
  readonly poolCounts: PoolCounts;
}

export function lookAt({ supervisor, version, counts, poolCounts }: LookAt): Look {
  const used = supervisor.usage();
  return {
    version,
    identifier: supervisor.config.supervisord.identifier,
    state: supervisor.state,
    isReady: readinessOf(supervisor, null).isReady,
    totals: supervisor.totals,
    counts: counts.all(used),
    usageOf: ({ group, name }) => used.get(namespecText(group, name)),
    pools: supervisor.groups.flatMap(poolOf),
    discarded: poolCounts.all(),
  };
}

function poolOf(group: Group): readonly Pool[] {
  const { name, pool, processes } = group;
  if (pool === undefined) return [];
  const listeners = processes.flatMap((process) => {
    const state = group.listenerState(process);
    return state === undefined ? [] : [{ name: process.name, state }];
  });
  return [{ name, pool, listeners }];
}
