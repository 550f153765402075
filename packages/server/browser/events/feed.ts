import type { Happening, Wanted } from './happening.ts';
import { isWanted } from './happening.ts';

const MOST_KEPT = 5000;
const MOST_WAITING = 5000;

/** The newest events, as many as are kept; those that wait while the reader has paused. */
export class EventFeed {
  isPaused = false;
  /** Left out: more came than could be kept. */
  missed = 0;
  total = 0;
  readonly counts = new Map<string, number>();
  #kept: Happening[] = [];
  #waiting: Happening[] = [];

  add(happening: Happening): void {
    this.#waiting.push(happening);
    if (this.#waiting.length < MOST_WAITING * 2) return;
    this.missed += MOST_WAITING;
    this.#waiting = this.#waiting.slice(MOST_WAITING);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Those that have come since, oldest first; none while paused. */
  take(): readonly Happening[] {
    if (this.isPaused) return [];
    const taken = this.#waiting;
    this.#waiting = [];
    for (const { event } of taken) this.counts.set(event, (this.counts.get(event) ?? 0) + 1);
    this.total += taken.length;
    this.#kept.push(...taken);
    if (this.#kept.length > MOST_KEPT * 2) this.#kept = this.#kept.slice(-MOST_KEPT);
    return taken;
  }

  /** The newest that are wanted, oldest first. */
  newest(wanted: Wanted, most: number): readonly Happening[] {
    const found: Happening[] = [];
    for (let at = this.#kept.length - 1; at >= 0 && found.length < most; at--) {
      const happening = this.#kept[at];
      if (happening !== undefined && isWanted(happening, wanted)) found.push(happening);
    }
    return found.reverse();
  }

  /** How many came whose names begin so. */
  countOf(kind: string): number {
    let count = 0;
    for (const [event, times] of this.counts) {
      if (event === kind || event.startsWith(`${kind}_`)) count += times;
    }
    return count;
  }

  clear(): void {
    this.#kept = [];
    this.#waiting = [];
    this.counts.clear();
    this.total = this.missed = 0;
  }
}
