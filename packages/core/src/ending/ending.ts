import type { SupervisordConfig } from '@tsvisor/config';

import type { Clock } from '../clock.ts';
import type { EventBus } from '../events/bus.ts';
import type { ProcessStateEvent } from '../events/types.ts';
import type { Group } from '../group/group.ts';
import type { Kernel } from '../kernel.ts';
import type { Logger } from '../logger.ts';
import type { Process } from '../process/process.ts';
import { exitStatusOfAll, reasonToEnd } from './exit-policy.ts';
import { Shutdown } from './shutdown.ts';
import { Sweep } from './sweep.ts';

export interface EndingOptions {
  readonly groups: readonly Group[];
  readonly supervisord: () => SupervisordConfig;
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly logger: Logger;
  readonly events: EventBus;
  /** Whether all processes here are ours to wait for, and to sweep. */
  readonly ownsAll: boolean;
  readonly reap: () => void;
  /** Children of these pids are to be collected in the order of their groups. */
  readonly collectInTurn: (groups: readonly (readonly number[])[]) => void;
  /** on_fatal= or on_exit= of a program wants everything to end. */
  readonly end: () => void;
}

/** How a supervisor comes to its end: why, in which order, and with which exit status. */
export class Ending {
  readonly #options: EndingOptions;
  #shutdown: Shutdown | undefined;
  #isFatal = false;

  constructor(options: EndingOptions) {
    this.#options = options;
    options.events.subscribe(['PROCESS_STATE_FATAL', 'PROCESS_STATE_EXITED'], (event) =>
      this.#processEnded(event),
    );
  }

  /** Stops all programs. Resolves when they have been reaped, and what they left is swept. */
  async begin(isForGood: () => boolean): Promise<void> {
    const { groups, supervisord, clock, logger, collectInTurn } = this.#options;
    const { shutdownOrder: order, shutdownTimeoutSeconds: timeoutSeconds } = supervisord();
    const options = { order, timeoutSeconds, clock, logger, collectInTurn };
    this.#shutdown = new Shutdown(groups, options);
    await this.#shutdown.finished;
    // What is left while it begins anew may belong to what comes.
    if (isForGood()) await this.#sweep();
  }

  /** Everything that is left, whatever it was promised. */
  kill(): void {
    this.#shutdown?.kill();
  }

  hurry(): void {
    this.#shutdown?.hurry();
  }

  get exitStatus(): number {
    const config = this.#options.supervisord();
    const [group, name] = config.exitCodeFrom?.split(/:(.*)/s) ?? [];
    const from = group === undefined ? undefined : this.#process(group, name ?? '');
    return exitStatusOfAll({
      config,
      isFatal: this.#isFatal,
      from: from && { facts: from.facts, stopSignal: from.config.stopSignal },
    });
  }

  #processEnded(event: ProcessStateEvent): void {
    const process = this.#process(event.process.group, event.process.name);
    if (process === undefined || this.#shutdown !== undefined) return;
    const reason = reasonToEnd(process.config, event);
    if (reason === undefined) return;
    this.#isFatal = event.type === 'PROCESS_STATE_FATAL';
    const { clock, logger, end } = this.#options;
    // In a moment: the lines of the process itself come first.
    clock.after(0, () => {
      if (this.#shutdown !== undefined) return;
      logger.log('warn', reason);
      end();
    });
  }

  #process(group: string, name: string): Process | undefined {
    return this.#options.groups.find((one) => one.name === group)?.process(name);
  }

  async #sweep(): Promise<void> {
    const { supervisord, clock, kernel, logger, reap, ownsAll } = this.#options;
    const { sweep, sweepTimeoutSeconds: timeoutSeconds } = supervisord();
    if (!ownsAll || !(sweep === 'auto' ? kernel.isInit : sweep)) return;
    await new Sweep({ timeoutSeconds, clock, kernel, logger, reap }).run();
  }
}
