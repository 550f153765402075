import { statSync } from 'node:fs';

import type { Clock } from '../clock.ts';
import { RotatingFile } from './file/rotating-file.ts';
import { ownFd } from './main/own-fd.ts';
import { namedOutlet, ownOutlet } from './outlet/open-outlet.ts';
import type { SendNow } from './outlet/open-outlet.ts';
import type { Report } from './sink.ts';
import { StreamOutput } from './stream-output.ts';
import type { StreamOptions } from './stream-output.ts';
import { Turn, turnOn } from './turn.ts';

export interface SinkOptions {
  readonly path: string;
  readonly maxBytes: number;
  readonly backups: number;
  readonly clock: Clock;
  readonly report: Report;
  /** For streams: what happens to what their reader is too slow for. */
  readonly overflow: StreamOptions['overflow'];
  readonly sendNow?: SendNow | undefined;
  readonly noFollow?: boolean;
  /** Something new can be read from the file. */
  readonly written?: () => void;
}

/**
 * Opens a log by name: a file, one of our own descriptors (`/dev/stdout`), a FIFO or a device.
 * Rotation is for files alone.
 *
 * @throws the system's error
 */
export function openSink(options: SinkOptions): RotatingFile | StreamOutput {
  const { path, clock } = options;
  const fd = ownFd(path);
  if (fd !== undefined) {
    return stream(options, ownOutlet(fd, clock, options.sendNow), turnOn(fd));
  }
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFIFO() === true || stats?.isCharacterDevice() === true) {
    return stream(options, namedOutlet(path, stats.isFIFO(), clock));
  }
  return new RotatingFile(options);
}

/** The same for a descriptor of our own, whatever its name. */
export function openOwnFd(
  fd: number,
  options: Omit<SinkOptions, 'path' | 'maxBytes' | 'backups'> & { readonly name: string },
): StreamOutput {
  const outlet = ownOutlet(fd, options.clock, options.sendNow);
  return stream({ ...options, path: options.name }, outlet, turnOn(fd));
}

function stream(
  options: Pick<SinkOptions, 'path' | 'clock' | 'report' | 'overflow'>,
  outlet: StreamOptions['outlet'],
  turn = new Turn(),
): StreamOutput {
  const { path: name, clock, report, overflow } = options;
  return new StreamOutput({ name, outlet, clock, report, overflow, turn });
}
