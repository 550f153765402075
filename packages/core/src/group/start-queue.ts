import type { Clock } from '../clock.ts';
import type { Process } from '../process/process.ts';
import type { Group } from './group.ts';

/** How long programs are started in one go before sockets and signals get their turn, ms. */
const SLICE_MS = 20;

/** The processes that are to start by themselves, in order; they are started a slice at a time. */
export class StartQueue {
  readonly #clock: Clock;
  #waiting: Process[] = [];
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(group: Group): void {
    if (this.#isClosed) return;
    this.#waiting.push(...group.processes.filter((process) => process.isDueToAutostart));
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
