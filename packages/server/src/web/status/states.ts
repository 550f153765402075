import type { ProcessState } from '@tsvisor/core';

/** The three classes that the status page has always had. */
export function stateClass(state: ProcessState): string {
  if (state === 'RUNNING') return 'statusrunning';
  return state === 'FATAL' || state === 'BACKOFF' ? 'statuserror' : 'statusnominal';
}

export const isStartable = (state: ProcessState): boolean =>
  state === 'STOPPED' || state === 'EXITED' || state === 'FATAL';

/** In the order in which they are counted: what is wrong comes first. */
export const statesByConcern: readonly ProcessState[] = [
  'FATAL',
  'BACKOFF',
  'UNKNOWN',
  'STOPPING',
  'STARTING',
  'RUNNING',
  'EXITED',
  'STOPPED',
];
