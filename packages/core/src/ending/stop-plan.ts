import type { GroupConfig, SupervisordConfig } from '@tsvisor/config';

import { stopBatches } from '../group/sequence.ts';
import { LAST_EVENTS_MS } from './shutdown.ts';

/** What stops together, and how long it may take. */
export interface StopBatch {
  readonly seconds: number;
  /** Names of processes, without their groups. */
  readonly processes: readonly string[];
}

/** How long the stop of everything takes at worst, without what a sweep finds. */
export interface StopPlan {
  readonly seconds: number;
  /** In the order in which they stop. */
  readonly batches: readonly StopBatch[];
}

/** What `docker stop` waits before it kills. */
export const DOCKER_STOP_SECONDS = 10;

/** The shutdown of these groups, as Shutdown would do it, if every program needs all its time. */
export function stopPlan(
  groups: readonly GroupConfig[],
  {
    shutdownOrder,
    shutdownTimeoutSeconds: limit,
  }: Pick<SupervisordConfig, 'shutdownOrder' | 'shutdownTimeoutSeconds'>,
): StopPlan {
  const batches = stopBatches(groups, shutdownOrder)
    .map((batch): StopBatch => {
      const processes = batch.flatMap((group) => group.processes);
      const stop = Math.max(0, ...processes.map(({ stopWaitSeconds }) => stopWaitSeconds));
      const hasListeners = batch.some(({ type }) => type === 'eventlistener');
      const seconds = stop + (hasListeners ? LAST_EVENTS_MS / 1000 : 0);
      return { seconds, processes: processes.map(({ name }) => name) };
    })
    .filter(({ processes }) => processes.length > 0);
  const seconds = batches.reduce((sum, batch) => sum + batch.seconds, 0);
  return { seconds: limit > 0 ? Math.min(limit, seconds) : seconds, batches };
}
