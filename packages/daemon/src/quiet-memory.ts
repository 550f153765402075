import type { Clock, Supervisor } from '@tsvisor/core';

/** V8 collects what a start leaves behind within this time, if nothing happens meanwhile. */
const QUIET_MS = 12_000;

/**
 * Gives free memory back some time after programs have started or ended, once for all that came
 * to pass meanwhile: then nothing wakes the daemon up any more.
 */
export function giveBackWhenQuiet(
  { events }: Pick<Supervisor, 'events'>,
  clock: Clock,
  giveBack: () => void,
): void {
  let isDue = false;
  events.subscribe('PROCESS_STATE', () => {
    if (isDue) return;
    isDue = true;
    clock.after(QUIET_MS, () => {
      isDue = false;
      giveBack();
    });
  });
}
