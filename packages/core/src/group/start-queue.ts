import type { Clock } from '../clock.ts';
import type { Process } from '../process/process.ts';

/**
 * How long programs are started in one go before sockets and signals get their turn, ms: those of most
 * files are so before any of them is told to have ended, as there, and a client does not notice the wait.
 */
const SLICE_MS = 100;

/** The processes that are to start by themselves, in order; they are started a slice at a time. */
export class StartQueue {
  readonly #clock: Clock;
  #waiting: Process[] = [];
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(processes: readonly Process[]): void {
    if (this.#isClosed) return;
    this.#waiting.push(...processes.filter((process) => process.isDueToAutostart));
  }

  /** They are not to be started any more. */
  remove(processes: readonly Process[]): void {
    this.#waiting = this.#waiting.filter((process) => !processes.includes(process));
  }

  /** Once whoever calls has finished. */
  runSoon(): void {
    this.#clock.after(0, () => this.run());
  }

  run(): void {
    const until = this.#clock.monotonic() + SLICE_MS;
    while (this.#waiting.length > 0) {
      if (this.#clock.monotonic() > until) {
        this.runSoon();
        return;
      }
      this.#waiting.shift()?.autostart();
    }
  }

  /** Nothing is started any more. */
  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
  }
}
