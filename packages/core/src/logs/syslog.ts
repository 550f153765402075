import type { LogSink } from './sink.ts';

/** Sends one message to the system's log. */
export type Syslog = (text: string) => void;

/** One message for each line; newlines at the end make none, empty lines within do (daemon.md §12). */
export function syslogLines(text: string): string[] {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end).split('\n');
}

/**
 * Output of a process for syslog: `NAME LINE`. What is not UTF-8 is sent with replacement
 * characters, where supervisord sends nothing.
 */
export class SyslogSink implements LogSink {
  readonly backedUp = false;
  readonly pending = 0;
  onDrain: (() => void) | undefined;
  readonly #name: string;
  readonly #syslog: Syslog;

  constructor(name: string, syslog: Syslog) {
    this.#name = name;
    this.#syslog = syslog;
  }

  write(data: Buffer): boolean {
    for (const line of syslogLines(data.toString())) this.#syslog(`${this.#name} ${line}`);
    return true;
  }

  // The system's log is not ours to open, to clear or to close.
  reopen(): void {}
  clear(): void {}
  flush(): void {}
  close(): void {}

  revive(): boolean {
    return true;
  }
}
