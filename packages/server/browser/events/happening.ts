import { matchesIn } from '../log/query.ts';
import type { Query } from '../log/query.ts';

/** An event, as the stream tells of it. */
export interface Happening {
  /** In the browser's time zone. */
  readonly time: string;
  readonly event: string;
  /** `group:name`, or `name` where both are the same; empty: it is of none. */
  readonly process: string;
  readonly payload: string;
}

/** Longer ones are cut: an event of output may be a megabyte. */
const LONGEST_PAYLOAD = 4000;

export function happeningOf(message: Readonly<Record<string, unknown>>): Happening {
  const text = (name: string): string => {
    const value = message[name];
    return typeof value === 'string' ? value : '';
  };
  const [process, group, payload] = [text('process'), text('group'), text('payload')];
  return {
    time: timeOf(new Date(text('time'))),
    event: text('event'),
    process:
      group === '' || group === process ? process : process === '' ? group : `${group}:${process}`,
    payload: payload.length > LONGEST_PAYLOAD ? `${payload.slice(0, LONGEST_PAYLOAD)}…` : payload,
  };
}

function timeOf(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = `${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
  return `${two(date.getHours())}:${two(date.getMinutes())}:${seconds}`;
}

export interface Wanted {
  readonly query: Query | null;
  /** Empty: of all. */
  readonly process: string;
}

export const isWanted = (happening: Happening, { query, process }: Wanted): boolean =>
  (process === '' || happening.process === process) &&
  (query === null ||
    [happening.event, happening.process, happening.payload].some(
      (text) => matchesIn(query, text).length > 0,
    ));
