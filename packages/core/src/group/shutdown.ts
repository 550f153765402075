import type { Cancel, Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Process } from '../process/process.ts';
import type { Group } from './group.ts';
import { stopBatches, stopOrder } from './sequence.ts';

const REPORT_MS = 3000;

interface ShutdownOptions {
  readonly order: 'priority' | 'serial';
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The stop of everything, batch by batch (daemon.md §9). */
export class Shutdown {
  /** Resolves when no process is left. */
  readonly finished: Promise<void>;
  readonly #groups: readonly Group[];
  readonly #options: ShutdownOptions;
  #cancelReport: Cancel = () => undefined;
  #nextReportMs = -Infinity;

  /** @param groups in the order in which they were activated */
  constructor(groups: readonly Group[], options: ShutdownOptions) {
    this.#groups = groups;
    this.#options = options;
    this.finished = this.#run();
  }

  async #run(): Promise<void> {
    for (const batch of stopBatches(this.#groups, this.#options.order)) {
      for (const group of batch) {
        for (const process of stopOrder(group.processes)) process.shutDown();
      }
      this.#report();
      for (const group of batch) {
        for (const process of group.processes) await process.whenEnded();
      }
    }
    this.#cancelReport();
  }

  /** At once, and then each three seconds, says who is waited for. */
  #report(): void {
    const { clock, logger } = this.#options;
    this.#cancelReport();
    const left = this.#groups.flatMap((group) => group.processes.filter(isLeft));
    if (left.length === 0) return;
    if (clock.monotonic() >= this.#nextReportMs) {
      this.#nextReportMs = clock.monotonic() + REPORT_MS;
      const names = left.map((process) => process.name).join(', ');
      logger.log('info', `waiting for ${names} to die`);
      for (const process of left) logger.log('blather', `${process.name} state: ${process.state}`);
    }
    this.#cancelReport = clock.after(this.#nextReportMs - clock.monotonic(), () => this.#report());
  }
}

const isLeft = (process: Process): boolean => !process.isStopped;
