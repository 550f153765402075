import type { Config, GroupChanges } from '@tsvisor/config';

import { SupervisorError } from '../errors.ts';
import { performUpdate } from './perform.ts';
import type { Updatable, UpdateResult } from './perform.ts';
import { planFor } from './plan.ts';

/** What updates need of the supervisor. */
interface Rereadable extends Updatable {
  reread(config: Config): unknown;
  updatePlan(config: Config): GroupChanges;
}

/** The updates of a supervisor: one after another, in the order in which they are asked for. */
export class Updates {
  readonly #supervisor: Rereadable;
  /** Those that are under way or wait for their turn. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(supervisor: Rereadable) {
    this.#supervisor = supervisor;
  }

  /** @throws {SupervisorError} SHUTDOWN_STATE */
  perform(config: Config, only: readonly string[] | undefined): Promise<UpdateResult> {
    const updated = this.#last.then(() => this.#perform(config, only));
    this.#last = updated.catch(() => undefined);
    return updated;
  }

  #perform(config: Config, only: readonly string[] | undefined): Promise<UpdateResult> {
    const supervisor = this.#supervisor;
    if (supervisor.state !== 'RUNNING') throw new SupervisorError('SHUTDOWN_STATE', '');
    supervisor.reread(config);
    return performUpdate(supervisor, planFor(only, supervisor.updatePlan(config)));
  }
}
