import { existsSync, readFileSync } from 'node:fs';

/** An event as a listener has noted it. */
export interface EventSeen {
  readonly serial: number;
  readonly poolserial: number;
  readonly name: string;
  readonly data: string;
}

export interface ListenerLedger {
  /** In the order of arrival; those that came again count once. */
  readonly events: readonly EventSeen[];
  readonly rejected: number;
  readonly deaths: number;
  /** Came again though they had been neither rejected nor left by a listener that died. */
  readonly doubled: readonly number[];
  /** Serials that were rejected, or that a listener had not answered when it ended. */
  readonly returned: ReadonlySet<number>;
}

type Entry = EventSeen | { readonly start: number } | { readonly rejected: number };

/** See fixtures/listener.cjs. */
export function readListenerLedger(path: string): ListenerLedger {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const events: EventSeen[] = [];
  const doubled: number[] = [];
  const returned = new Set<number>();
  let [rejected, lives] = [0, 0];
  let before: number | undefined;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const entry = JSON.parse(line) as Entry;
    if ('start' in entry) {
      lives += 1;
      if (before !== undefined) returned.add(before);
    } else if ('rejected' in entry) {
      rejected += 1;
      returned.add(entry.rejected);
    } else {
      if (entry.serial !== before) events.push(entry);
      else if (!returned.has(entry.serial)) doubled.push(entry.serial);
      before = entry.serial;
    }
  }
  return { events, rejected, deaths: Math.max(0, lives - 1), doubled, returned };
}
