import { FakeClock } from '../../src/testing/index.ts';

/** Knows whether something that is due has not happened yet. */
export class ModelClock extends FakeClock {
  isLate = false;

  override lag(ms: number): void {
    super.lag(ms);
    if (ms > 0) this.isLate = true;
  }

  override advance(ms: number): void {
    this.isLate = false;
    super.advance(ms);
  }
}
