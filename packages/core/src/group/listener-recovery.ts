import type { Cancel, Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Process } from '../process/process.ts';
import { RESTART_FLOOR_SECONDS } from '../process/transition.ts';

export interface ListenerRecoveryOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Nothing is started by itself while this is false. */
  isSupervising(): boolean;
}

/**
 * `listener_recover=true`: stops a listener that has violated the protocol, which would get no
 * events any more, and starts it again; like any start that nobody asked for, not within a second
 * of the last.
 */
export class ListenerRecovery {
  readonly #options: ListenerRecoveryOptions;
  /** Those that will be stopped. */
  readonly #due = new Map<Process, Cancel>();
  /** Those that were stopped here, and are to be started. */
  readonly #stopping = new Set<Process>();

  constructor(options: ListenerRecoveryOptions) {
    this.#options = options;
  }

  /** It has entered UNKNOWN. Later, and not at once: it may be dead, and this its last output. */
  recover(process: Process): void {
    const waitMs = Math.max(0, RESTART_FLOOR_SECONDS * 1000 - process.elapsedMs);
    this.#due.get(process)?.();
    this.#due.set(
      process,
      this.#options.clock.after(waitMs, () => this.#restart(process)),
    );
  }

  /** Its state is another: what is left to do changes with it. */
  changed(process: Process): void {
    // It is dead, or another life of it begins, which has violated nothing.
    if (process.isStopped || ['STARTING', 'BACKOFF'].includes(process.state)) this.#forget(process);
    if (!process.isStopped || !this.#stopping.delete(process)) return;
    // Whoever else is told of its end comes first: it may be taken away.
    this.#due.set(
      process,
      this.#options.clock.after(0, () => this.#start(process)),
    );
  }

  close(): void {
    for (const cancel of this.#due.values()) cancel();
    this.#due.clear();
    this.#stopping.clear();
  }

  #restart(process: Process): void {
    this.#due.delete(process);
    if (!this.#options.isSupervising() || !process.isRunning) return;
    this.#options.logger.log(
      'info',
      `${process.name}: is restarted, to receive events again (listener_recover=true)`,
    );
    this.#stopping.add(process);
    process.beginStop();
  }

  #start(process: Process): void {
    this.#due.delete(process);
    if (this.#options.isSupervising()) process.startAgain();
  }

  #forget(process: Process): void {
    this.#due.get(process)?.();
    this.#due.delete(process);
  }
}
