/** The parts of an event's payload: `key:value` pairs first, and data after them. */
export interface Details {
  readonly pairs: readonly (readonly [key: string, value: string])[];
  readonly data: string;
}

/** Said already in columns of their own. */
const saidElsewhere: ReadonlySet<string> = new Set(['processname', 'groupname']);

/** Reads a payload: one line of pairs, and for output and messages the data below it. */
export function detailsOf(payload: string): Details {
  const end = payload.indexOf('\n');
  const head = end === -1 ? payload : payload.slice(0, end);
  const words = head.split(' ').filter((word) => word !== '');
  if (!words.every((word) => /^[a-z_]+:/.test(word))) return { pairs: [], data: payload };
  return {
    pairs: words
      .map((word) => [word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 1)] as const)
      .filter(([key]) => !saidElsewhere.has(key)),
    data: end === -1 ? '' : payload.slice(end + 1),
  };
}

/** How an event is to be seen: what is good, bad or on its way. */
export function toneOf(event: string): 'good' | 'bad' | 'passing' | undefined {
  if (event === 'PROCESS_STATE_RUNNING' || event === 'SUPERVISOR_STATE_CHANGE_RUNNING') {
    return 'good';
  }
  if (/^PROCESS_STATE_(FATAL|BACKOFF|UNKNOWN)$/.test(event)) return 'bad';
  if (/^PROCESS_STATE_(STARTING|STOPPING)$|STATE_CHANGE_STOPPING$/.test(event)) return 'passing';
  return undefined;
}
