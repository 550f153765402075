import type { LogLevelName } from '@tsvisor/config';

import type { Clock } from '../../clock.ts';
import { RotatingFile } from '../file/rotating-file.ts';
import { openOwnFd, openSink } from '../open-sink.ts';
import type { SendNow } from '../outlet/open-outlet.ts';
import type { LogSink } from '../sink.ts';
import type { Syslog } from '../syslog.ts';
import { MainLog } from './main-log.ts';
import { recordFormats } from './record-format.ts';

export interface OpenMainLogOptions {
  /** A path, or `syslog`; null: there is only the echo. */
  readonly logfile: string | null;
  readonly maxBytes: number;
  readonly backups: number;
  readonly level: LogLevelName;
  readonly format: 'text' | 'json';
  /** Whether records also go to our own stdout: in the foreground and not silent. */
  readonly echo: boolean;
  readonly clock: Clock;
  readonly syslog: Syslog;
  readonly sendNow?: SendNow | undefined;
}

/**
 * Opens the main log.
 *
 * @throws the system's error if its file cannot be opened
 */
export function openMainLog(options: OpenMainLogOptions): MainLog {
  const { logfile, clock, level, sendNow } = options;
  const format = recordFormats[options.format];
  let log: MainLog | undefined;
  const common = {
    clock,
    sendNow,
    report: (problem: string) => log?.log('warn', problem),
    overflow: (records: number) => Buffer.from(format('warn', clock.now(), lossText(records))),
    written: () => log?.changed(),
  };
  const sinks: LogSink[] = [];
  if (options.echo) {
    try {
      sinks.push(openOwnFd(1, { ...common, name: 'stdout' }));
    } catch {
      // EBADF: started with its stdout closed, there is nobody to echo to.
    }
  }
  const isSyslog = logfile === 'syslog';
  let isFile = false;
  if (logfile !== null && !isSyslog) {
    const { maxBytes, backups } = options;
    const sink = openSink({ ...common, path: logfile, maxBytes, backups });
    isFile = sink instanceof RotatingFile;
    sinks.push(sink);
  }
  const path = isSyslog ? null : logfile;
  const syslog = isSyslog ? options.syslog : undefined;
  log = new MainLog({ level, format, clock, sinks, path, isFile, syslog });
  return log;
}

const lossText = (records: number): string =>
  `${records} records of this log were dropped: its reader was too slow`;
