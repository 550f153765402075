import type { Supervisor } from '../../src/supervisor.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { ModelClock } from './model-clock.ts';
import type { ModelKernel } from './model-kernel.ts';
import type { Promised } from './promised.ts';
import type { Setting } from './step.ts';

/** All that a life takes place in. */
export interface World {
  readonly setting: Setting;
  readonly supervisor: Supervisor;
  readonly kernel: ModelKernel;
  readonly clock: ModelClock;
  readonly ledger: Ledger;
  readonly promised: Promised;
}
