import { openlog, syslog as log } from './libc.ts';

const LOG_USER = 1 << 3;
const LOG_INFO = 6;

// openlog(3) keeps the pointer it is given, not the text: the bytes must stay alive.
const keptAlive: Buffer[] = [];

/** Sets the tag of the messages that follow, "supervisord" in `supervisord: text`. */
export function openSyslog(ident: string): void {
  const next = Buffer.from(`${ident}\0`);
  openlog(next, 0, LOG_USER);
  keptAlive[0] = next;
}

/**
 * Hands one message to the system's log; nothing happens where there is none. `%` means nothing.
 * @param priority facility and severity: syslog(3)
 */
export function syslog(text: string, priority: number = LOG_USER | LOG_INFO): void {
  log(priority, '%s', 'str', text);
}
