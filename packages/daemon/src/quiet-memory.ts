import type { Clock, Supervisor } from '@tsvisor/core';

const QUIET_MS = 12_000;

/**
 * Gives memory back some time after programs have started or ended, or clients have asked for
 * something, and once more if that has gone on meanwhile: then nothing wakes the daemon up any more.
 *
 * @param giveBack is told whether all has been quiet for that time
 * @returns to be called when a client asks
 */
export function giveBackWhenQuiet(
  { events }: Pick<Supervisor, 'events'>,
  clock: Clock,
  giveBack: (quiet: boolean) => void,
): () => void {
  let state: 'quiet' | 'due' | 'due twice' = 'quiet';
  const wait = (): void => {
    state = 'due';
    clock.after(QUIET_MS, () => {
      const quiet = state === 'due';
      giveBack(quiet);
      if (quiet) state = 'quiet';
      else wait();
    });
  };
  const stirred = (): void => {
    if (state === 'quiet') wait();
    else state = 'due twice';
  };
  events.subscribe('PROCESS_STATE', stirred);
  return stirred;
}
