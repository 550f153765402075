import type { Cancel, Clock } from '../clock.ts';
import type { EventBus } from './bus.ts';

type TickType = 'TICK_5' | 'TICK_60' | 'TICK_3600';

const periods: readonly (readonly [type: TickType, seconds: number])[] = [
  ['TICK_5', 5],
  ['TICK_60', 60],
  ['TICK_3600', 3600],
];

// A step of the wall clock wakes nobody: it is noticed after this long at the latest.
const LONGEST_SLEEP_MS = 5000;

/**
 * Emits TICK events as the wall clock enters a new slice of 5, 60 or 3600 seconds (daemon.md §7):
 * one for each kind, however many slices were missed or how far the clock was set. Sleeps until
 * the next slice, and for good while nobody listens.
 */
export class Ticks {
  readonly #bus: EventBus;
  readonly #clock: Clock;
  readonly #unwatch: Cancel;
  /** The slice that each kind which is listened to was last seen in. */
  readonly #slices = new Map<TickType, number>();
  #sleep: Cancel | undefined;

  constructor(bus: EventBus, clock: Clock) {
    this.#bus = bus;
    this.#clock = clock;
    const types = periods.map(([type]) => type);
    this.#unwatch = bus.watchDemand(types, () => this.#demandChanged());
    this.#demandChanged();
  }

  close(): void {
    this.#unwatch();
    this.#sleep?.();
    this.#sleep = undefined;
    this.#slices.clear();
  }

  #demandChanged(): void {
    const seconds = this.#clock.now() / 1000;
    for (const [type, period] of periods) {
      if (!this.#bus.wants(type)) this.#slices.delete(type);
      else if (!this.#slices.has(type)) this.#slices.set(type, sliceStart(period, seconds));
    }
    this.#sleepUntilNextSlice();
  }

  #wake(): void {
    const seconds = this.#clock.now() / 1000;
    for (const [type, period] of periods) {
      const when = sliceStart(period, seconds);
      const last = this.#slices.get(type);
      if (last === undefined || last === when) continue;
      this.#slices.set(type, when);
      this.#bus.emit({ type, when });
    }
    this.#sleepUntilNextSlice();
  }

  #sleepUntilNextSlice(): void {
    this.#sleep?.();
    this.#sleep = undefined;
    if (this.#slices.size === 0) return;
    const now = this.#clock.now();
    const waits = periods
      .filter(([type]) => this.#slices.has(type))
      .map(([type, period]) => {
        const isDue = this.#slices.get(type) !== sliceStart(period, now / 1000);
        return isDue ? 0 : untilNextSlice(period, now);
      });
    this.#sleep = this.#clock.after(Math.min(LONGEST_SLEEP_MS, ...waits), () => this.#wake());
  }
}

const sliceStart = (period: number, seconds: number): number =>
  Math.floor(seconds / period) * period;

const untilNextSlice = (period: number, nowMs: number): number =>
  (sliceStart(period, nowMs / 1000) + period) * 1000 - nowMs;
