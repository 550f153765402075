import type { LogLevelName } from '@tsvisor/config';
import type { Logger } from '@tsvisor/core';

/** Keeps what was logged, as `LEVEL text`. */
export class RecordingLogger implements Logger {
  readonly lines: string[] = [];

  passes(): boolean {
    return true;
  }

  log(level: LogLevelName, text: string): void {
    this.lines.push(`${level} ${text}`);
  }
}
