import type { LogLevelName } from '@tsvisor/config';

import type { Logger } from '../logger.ts';

/** Keeps what is logged, each record as `level text`. */
export class RecordingLogger implements Logger {
  readonly lines: string[] = [];

  passes(): boolean {
    return true;
  }

  log(level: LogLevelName, text: string): void {
    this.lines.push(`${level} ${text}`);
  }

  /** What was logged since the last call. */
  take(): string[] {
    return this.lines.splice(0);
  }
}
