import { isMainThread } from 'node:worker_threads';

import { SupervisorError } from '../errors.ts';
import type { Attendance, Attendant } from '../kernel.ts';

/** A timer that is set anew long before this is over keeps the program alive, and costs nothing. */
const LONG_MS = 2 ** 31 - 1;

const attending = new Set<Attendant>();
const died = (): void => {
  for (const attendant of attending) attendant.died();
};
const exiting = (): void => {
  for (const attendant of attending) attendant.exiting();
};

/**
 * Attends to this program as one guest of it among others. SIGCHLD has no default action that a
 * listener could take away, and libuv hands it to every listener and to child_process alike; it does
 * not keep the event loop alive. All supervisors here share one, so that many of them are no leak.
 *
 * @throws {SupervisorError} FAILED in a worker thread: no signal reaches one
 */
export function attend(attendant: Attendant): Attendance {
  if (!isMainThread) {
    throw new SupervisorError(
      'FAILED',
      'a supervisor needs the main thread, since no worker thread is told when a child dies',
    );
  }
  if (attending.size === 0) process.on('SIGCHLD', died).on('exit', exiting);
  attending.add(attendant);
  let alive: NodeJS.Timeout | undefined;
  const keepAlive = (isNeeded: boolean): void => {
    if (isNeeded) {
      alive ??= setInterval(() => undefined, LONG_MS);
      return;
    }
    clearInterval(alive);
    alive = undefined;
  };
  return {
    keepAlive,
    end() {
      keepAlive(false);
      attending.delete(attendant);
      if (attending.size === 0) process.off('SIGCHLD', died).off('exit', exiting);
    },
  };
}
