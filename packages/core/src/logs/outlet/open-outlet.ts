import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';

import type { Clock } from '../../clock.ts';
import type { Outlet } from './outlet.ts';
import { PipeOutlet } from './pipe-outlet.ts';
import { PoolOutlet } from './pool-outlet.ts';
import { RetryingOutlet } from './retrying-outlet.ts';

/** Writes to a socket or a pipe without waiting, whatever its flags; 0 or EAGAIN: there is no room. */
export type SendNow = (fd: number, data: Buffer) => number;

/** For one of our own descriptors. It stays open and as it is, since others share it. */
export function ownOutlet(fd: number, clock: Clock, sendNow: SendNow | undefined): Outlet {
  const stats = fstatSync(fd);
  if (stats.isFile()) return new RetryingOutlet(writerTo(fd), clock);
  const shared = (): Outlet =>
    sendNow === undefined || !(stats.isSocket() || stats.isFIFO())
      ? new PoolOutlet(fd, clock)
      : new RetryingOutlet((data) => sendNow(fd, data), clock);
  if (stats.isSocket()) return shared();
  try {
    // A description to ourselves: O_NONBLOCK on the shared one would reach its other users.
    const own = openSync(
      `/proc/self/fd/${fd}`,
      constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY,
    );
    return outletOf(own, stats.isFIFO(), clock);
  } catch {
    // No /proc, or another user's: a container's stdout after the daemon has become somebody else.
    return shared();
  }
}

/**
 * For a FIFO or a device, by name. A FIFO is opened for reading too: that never waits for a
 * reader, and what is in it outlives one.
 *
 * @throws the system's error
 */
export function namedOutlet(path: string, isFifo: boolean, clock: Clock): Outlet {
  const access = isFifo ? constants.O_RDWR : constants.O_WRONLY;
  const fd = openSync(path, access | constants.O_NONBLOCK | constants.O_NOCTTY);
  return outletOf(fd, isFifo, clock);
}

const outletOf = (fd: number, isPipe: boolean, clock: Clock): Outlet =>
  isPipe
    ? new PipeOutlet(fd, writerTo(fd), clock)
    : new RetryingOutlet(writerTo(fd), clock, () => closeSync(fd));

const writerTo =
  (fd: number) =>
  (data: Buffer): number =>
    writeSync(fd, data);
