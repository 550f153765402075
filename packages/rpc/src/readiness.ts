import type { ConfigInfo, ProcessInfo } from './methods/results.ts';

/** What is asked of a process; so little that others than RPC clients know it too. */
export type Observed = Pick<ProcessInfo, 'statename' | 'exitstatus'>;

/** How the process was meant to be. */
export type Meant = Pick<ConfigInfo, 'exitcodes' | 'autorestart'>;

/**
 * Whether a process that is due to run does so, or has done what it had to do. One that was
 * stopped by hand is not ready: whoever is sent to it finds nobody.
 */
export function isReady({ statename, exitstatus }: Observed, meant: Meant): boolean {
  if (statename === 'RUNNING') return true;
  // One that is always started again has nothing that it could have done.
  return (
    statename === 'EXITED' && meant.autorestart !== true && meant.exitcodes.includes(exitstatus)
  );
}
