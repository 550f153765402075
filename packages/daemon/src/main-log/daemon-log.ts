import type { LogLevelName, SupervisordConfig } from '@tsvisor/config';
import { openMainLog, type Cancel, type Clock, type Kernel, type MainLog } from '@tsvisor/core';

import type { ReopenableLog } from '../life.ts';
import { pinoLogger } from './pino-logger.ts';

export interface DaemonLogOptions {
  readonly supervisord: SupervisordConfig;
  /** Whether records also go to our own stdout. */
  readonly echo: boolean;
  readonly clock: Clock;
  readonly kernel: Pick<Kernel, 'syslog' | 'sendNow'>;
  /** Told, for stderr, that there is no log file. */
  warn(text: string): void;
}

/** The main log: what the daemon and its engine log, as clients can read it. */
export class DaemonLog implements ReopenableLog {
  readonly #log: MainLog;
  readonly #logger: ReturnType<typeof pinoLogger>;

  /** Never fails: without its file the daemon goes on, and says so (difference D7). */
  constructor(options: DaemonLogOptions) {
    const { supervisord, clock } = options;
    const [log, problem] = open(options);
    this.#log = log;
    this.#logger = pinoLogger(supervisord.logLevel, clock, (level, time, text) =>
      this.#log.write(level, time, text),
    );
    if (problem !== undefined) {
      options.warn(problem);
      this.log('warn', problem);
    }
  }

  /** null: it goes to syslog, or nowhere. */
  get path(): string | null {
    return this.#log.path;
  }

  passes(level: LogLevelName): boolean {
    return this.#logger.passes(level);
  }

  log(level: LogLevelName, text: string): void {
    this.#logger.log(level, text);
  }

  reopen(): void {
    this.#log.reopen();
  }

  clear(): void {
    this.#log.clear();
  }

  subscribe(changed: () => void): Cancel {
    return this.#log.subscribe(changed);
  }

  /** Writes what is kept, as far as that goes within a moment. */
  close(): void {
    this.#log.close();
  }
}

function open(options: DaemonLogOptions): [log: MainLog, problem?: string] {
  const { supervisord, echo, clock, kernel } = options;
  const settings = {
    logfile: supervisord.logfile,
    maxBytes: supervisord.logfileMaxBytes,
    backups: supervisord.logfileBackups,
    level: supervisord.logLevel,
    format: supervisord.logfileFormat,
    echo,
    clock,
    syslog: kernel.syslog,
    sendNow: kernel.sendNow,
  };
  try {
    return [openMainLog(settings)];
  } catch (error) {
    const problem = `cannot open log file ${supervisord.logfile}, going on without it: ${(error as Error).message}`;
    return [openMainLog({ ...settings, logfile: null }), problem];
  }
}
