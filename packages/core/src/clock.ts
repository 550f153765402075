/** Calls off what was asked for; a second time does nothing. */
export type Cancel = () => void;

/** Where the engine takes all its time from, so that tests turn it by hand. */
export interface Clock {
  /** Wall clock, milliseconds since 1970: for timestamps only. */
  now(): number;
  /** Milliseconds that never step back: for every duration. */
  monotonic(): number;
  /** Runs once after `ms`. There are no intervals: who wants more asks again. */
  after(ms: number, run: () => void): Cancel;
}

// setTimeout fires at once beyond this.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The time of the system. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6;
  },
  after(ms, run) {
    let timer: NodeJS.Timeout;
    const sleep = (left: number): void => {
      timer =
        left > LONGEST_TIMEOUT_MS
          ? setTimeout(() => sleep(left - LONGEST_TIMEOUT_MS), LONGEST_TIMEOUT_MS)
          : setTimeout(run, Math.max(0, Math.ceil(left)));
    };
    sleep(ms);
    return () => clearTimeout(timer);
  },
};
