import { unlinkSync } from 'node:fs';

import type { LogLevelName } from '@tsvisor/config';

import type { Cancel, Clock } from '../../clock.ts';
import { SupervisorError, errorCode } from '../../errors.ts';
import { logLevels } from '../../logger.ts';
import type { Logger } from '../../logger.ts';
import type { LogSink } from '../sink.ts';
import { syslogLines } from '../syslog.ts';
import type { Syslog } from '../syslog.ts';
import { recordPrefix } from './record-format.ts';
import type { RecordFormat } from './record-format.ts';

export interface MainLogOptions {
  readonly level: LogLevelName;
  readonly format: RecordFormat;
  readonly clock: Clock;
  /** In the order in which they get a record: the echo to stdout first. */
  readonly sinks: readonly LogSink[];
  /** Behind the last sink; null if it has none. */
  readonly path: string | null;
  /** A file that `clear` removes: `/dev/stdout` or `/dev/null` it is to leave alone. */
  readonly isFile: boolean;
  readonly syslog?: Syslog | undefined;
}

/** The daemon's own log. It never waits: a sink that cannot keep up drops its oldest records and says so. */
export class MainLog implements Logger {
  readonly #options: MainLogOptions;
  #level: LogLevelName;
  readonly #followers = new Set<() => void>();

  constructor(options: MainLogOptions) {
    this.#options = options;
    this.#level = options.level;
  }

  /** null: it goes to syslog, or nowhere. */
  get path(): string | null {
    return this.#options.path;
  }

  get level(): LogLevelName {
    return this.#level;
  }

  set level(level: LogLevelName) {
    this.#level = level;
  }

  passes(level: LogLevelName): boolean {
    return logLevels[level] >= logLevels[this.#level];
  }

  log(level: LogLevelName, text: string): void {
    if (!this.passes(level)) return;
    this.write(level, this.#options.clock.now(), text);
  }

  /** Writes a record that some other logger has let pass. */
  write(level: LogLevelName, time: number, text: string): void {
    const { sinks, syslog } = this.#options;
    if (sinks.length > 0) {
      const record = Buffer.from(this.#options.format(level, time, text));
      for (const sink of sinks) sink.write(record);
    }
    if (syslog !== undefined) {
      const prefix = recordPrefix(level, time);
      for (const line of syslogLines(text)) syslog(`${prefix}${line}\n`);
    }
    this.changed();
  }

  reopen(): void {
    for (const sink of this.#options.sinks) sink.reopen();
  }

  /**
   * Removes the file and begins a new one. The lines about it still go to the old file, one
   * for each sink (daemon.md §11).
   *
   * @throws {SupervisorError} NO_FILE, also if this log goes to syslog; FAILED
   */
  clear(): void {
    const { path, isFile, sinks } = this.#options;
    if (path === null) throw new SupervisorError('NO_FILE', '');
    try {
      if (isFile) unlinkSync(path);
    } catch (error) {
      throw new SupervisorError(errorCode(error) === 'ENOENT' ? 'NO_FILE' : 'FAILED', '');
    }
    for (const sink of sinks) {
      this.log('info', 'reopening log file');
      sink.reopen();
    }
    this.changed();
  }

  /** Calls at every change of the log, for those who follow it. */
  subscribe(changed: () => void): Cancel {
    this.#followers.add(changed);
    return () => this.#followers.delete(changed);
  }

  /** A sink has written what it had kept. */
  changed(): void {
    for (const changed of this.#followers) changed();
  }

  flush(): void {
    for (const sink of this.#options.sinks) sink.flush();
  }

  /** Writes what is kept, as far as that goes within a moment, and closes. */
  close(): void {
    for (const sink of this.#options.sinks) {
      sink.flush();
      sink.close();
    }
  }
}
