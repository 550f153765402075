import { FakeClock } from '../../src/testing/index.ts';

/** Starts that are due wait so long for others to have a turn, see src/process/start-pace.ts. */
const TURN_MS = 2;

/** Knows whether something that is due may not have happened yet. */
export class ModelClock extends FakeClock {
  #lateUntil = -1;

  get isLate(): boolean {
    return this.monotonic() <= this.#lateUntil;
  }

  override lag(ms: number): void {
    super.lag(ms);
    if (ms > 0) this.#lateUntil = this.monotonic() + TURN_MS;
  }
}
