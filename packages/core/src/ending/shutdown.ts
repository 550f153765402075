import type { Cancel, Clock } from '../clock.ts';
import type { Group } from '../group/group.ts';
import { stopBatches, stopOrder } from '../group/sequence.ts';
import type { Logger } from '../logger.ts';
import type { Process } from '../process/process.ts';

const REPORT_MS = 3000;
/** Whoever asks again sooner has not seen anything happen yet: signals come in bursts. */
const PATIENCE_MS = 1000;

/**
 * How long event listeners may take for what has happened before they are stopped themselves: a
 * turn of supervisord's loop, in which its listeners get some of that.
 */
export const LAST_EVENTS_MS = 1000;

interface ShutdownOptions {
  readonly order: 'priority' | 'serial';
  /** When all that is left is killed; 0: never. */
  readonly timeoutSeconds: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly collectInTurn: (groups: readonly (readonly number[])[]) => void;
}

/** The stop of all programs, batch by batch (daemon.md §9). */
export class Shutdown {
  /** Resolves when no process is left. */
  readonly finished: Promise<void>;
  readonly #groups: readonly Group[];
  readonly #options: ShutdownOptions;
  #cancelReport: Cancel = () => undefined;
  #nextReportMs = -Infinity;
  #askedMs: number;

  /** @param groups in the order in which they were activated */
  constructor(groups: readonly Group[], options: ShutdownOptions) {
    this.#groups = groups;
    this.#options = options;
    const { timeoutSeconds, clock } = options;
    this.#askedMs = clock.monotonic();
    const cancelTimeout =
      timeoutSeconds > 0
        ? clock.after(timeoutSeconds * 1000, () => this.#timedOut())
        : () => undefined;
    this.finished = this.#run().finally(cancelTimeout);
  }

  /** Kills all that is left, and all that comes to be left. */
  kill(): void {
    for (const process of this.#left()) process.kill();
  }

  /** No more patience: who has been asked to stop is killed, and everybody else is asked now. */
  hurry(): void {
    const now = this.#options.clock.monotonic();
    if (now - this.#askedMs < PATIENCE_MS) return;
    this.#askedMs = now;
    const left = this.#left();
    const asked = left.filter(({ state }) => state === 'STOPPING');
    if (asked.length > 0) {
      this.#options.logger.log('warn', `asked again to stop, killing ${namesOf(asked)}`);
    }
    for (const process of left) {
      if (asked.includes(process)) process.kill();
      else process.shutDown();
    }
  }

  async #run(): Promise<void> {
    for (const batch of stopBatches(this.#groups, this.#options.order)) {
      const atWork = batch.flatMap(({ pool }) => (pool?.isAtWork ? [pool.whenSettled()] : []));
      if (atWork.length > 0) await this.#atMost(LAST_EVENTS_MS, Promise.all(atWork));
      const pids = batch.map(({ processes }) => processes.map(({ pid }) => pid));
      this.#options.collectInTurn(pids);
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

  #atMost(ms: number, settled: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(ms, resolve);
      void settled.then(() => {
        cancel();
        resolve();
      });
    });
  }

  #timedOut(): void {
    const late = this.#left();
    if (late.length === 0) return;
    const { logger, timeoutSeconds } = this.#options;
    logger.log(
      'warn',
      `shutdown_timeout of ${timeoutSeconds} seconds is over, killing ${namesOf(late)}`,
    );
    for (const process of late) process.kill();
  }

  /** At once, and then each three seconds, says who is waited for. */
  #report(): void {
    const { clock, logger } = this.#options;
    this.#cancelReport();
    const left = this.#left();
    if (left.length === 0) return;
    if (clock.monotonic() >= this.#nextReportMs) {
      this.#nextReportMs = clock.monotonic() + REPORT_MS;
      logger.log('info', `waiting for ${namesOf(left)} to die`);
      for (const process of left) logger.log('blather', `${process.name} state: ${process.state}`);
    }
    this.#cancelReport = clock.after(this.#nextReportMs - clock.monotonic(), () => this.#report());
  }

  #left(): readonly Process[] {
    return this.#groups.flatMap((group) => group.processes.filter((process) => !process.isStopped));
  }
}

const namesOf = (processes: readonly Process[]): string =>
  processes.map((process) => process.name).join(', ');
