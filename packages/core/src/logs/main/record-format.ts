import type { LogLevelName } from '@tsvisor/config';

/** How the levels are written in the main log. */
export const levelTags = {
  critical: 'CRIT',
  error: 'ERRO',
  warn: 'WARN',
  info: 'INFO',
  debug: 'DEBG',
  trace: 'TRAC',
  blather: 'BLAT',
} as const satisfies Record<LogLevelName, string>;

/** Words a record of the main log, with its newline. `time` is in milliseconds since 1970. */
export type RecordFormat = (level: LogLevelName, time: number, text: string) => string;

const two = (n: number): string => String(n).padStart(2, '0');

let knownSecond = NaN;
let knownText = '';

/** `2026-11-23 07:46:10,366`, local time, as supervisord writes it. */
export function timestamp(time: number): string {
  const second = Math.floor(time / 1000);
  // What depends on the time zone is worked out once a second: that is most of the cost of a line.
  if (second !== knownSecond) {
    const date = new Date(second * 1000);
    const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    knownText = `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
    knownSecond = second;
  }
  const milliseconds = Math.floor(time - second * 1000);
  return `${knownText},${String(milliseconds).padStart(3, '0')}`;
}

/** What stands before the text of a record, and before each of its lines in syslog. */
export const recordPrefix = (level: LogLevelName, time: number): string =>
  `${timestamp(time)} ${levelTags[level]} `;

/** supervisord's line. A text of several lines stays as it is. */
export const textRecord: RecordFormat = (level, time, text) =>
  `${recordPrefix(level, time)}${text}\n`;

/** One JSON object a line. */
export const jsonRecord: RecordFormat = (level, time, text) =>
  `${JSON.stringify({ time: new Date(time).toISOString(), level, message: text })}\n`;

export const recordFormats = { text: textRecord, json: jsonRecord } as const;
