import type { Clock, Supervisor } from '@tsvisor/core';

const QUIET_MS = 12_000;

/**
 * Gives memory back some time after programs have started or ended, or clients have asked for
 * something, and once more if that has gone on meanwhile: then nothing wakes the daemon up any more.
 *
 * @returns to be called when a client asks
 */
export function giveBackWhenQuiet(
  { events }: Pick<Supervisor, 'events'>,
  clock: Clock,
  giveBack: () => void,
): () => void {
  let state: 'quiet' | 'due' | 'due twice' = 'quiet';
  const wait = (): void => {
    state = 'due';
    clock.after(QUIET_MS, () => {
      giveBack();
      if (state === 'due twice') wait();
      else state = 'quiet';
    });
  };
  const stirred = (): void => {
    if (state === 'quiet') wait();
    else state = 'due twice';
  };
  events.subscribe('PROCESS_STATE', stirred);
  return stirred;
}
