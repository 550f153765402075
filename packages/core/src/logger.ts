import type { LogLevelName } from '@tsvisor/config';

/** supervisord's levels; a record passes if its number is at least the log's level. */
export const logLevels = {
  critical: 50,
  error: 40,
  warn: 30,
  info: 20,
  debug: 10,
  trace: 5,
  blather: 3,
} as const satisfies Record<LogLevelName, number>;

/** The main log, as the engine sees it. */
export interface Logger {
  /** Whether a record of this level would be written: asked before wording a costly one. */
  passes(level: LogLevelName): boolean;
  log(level: LogLevelName, text: string): void;
}
