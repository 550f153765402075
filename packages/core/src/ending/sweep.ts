import type { Cancel, Clock } from '../clock.ts';
import type { Kernel, Leftover } from '../kernel.ts';
import type { Logger } from '../logger.ts';

const SIGTERM = 15;
const SIGKILL = 9;
const SIGCONT = 18;
/** How long the kernel may take to end what was killed. */
const KILLED_MS = 1000;
/** What ends without becoming ours first, as what was started from outside, is only seen by looking. */
const LOOK_MS = 100;

interface SweepOptions {
  readonly timeoutSeconds: number;
  readonly clock: Clock;
  readonly kernel: Pick<Kernel, 'leftovers' | 'kill'>;
  readonly logger: Logger;
  /** Collects the dead, so that they do not count. */
  readonly reap: () => void;
}

/**
 * Ends what programs have left behind, such as daemons in sessions of their own: TERM to all,
 * and KILL to what is there after a while (difference D8).
 */
export class Sweep {
  readonly #options: SweepOptions;

  constructor(options: SweepOptions) {
    this.#options = options;
  }

  /** Resolves when nothing is left, or what is left cannot be ended. */
  async run(): Promise<void> {
    const { logger, timeoutSeconds } = this.#options;
    const left = this.#left();
    if (left.length === 0) return;
    logger.log('info', `sweeping: TERM to ${shown(left)}`);
    this.#signal(left, SIGTERM);
    // One that was stopped must run to hear it.
    this.#signal(left, SIGCONT);
    if (await this.#areGone(timeoutSeconds * 1000)) return;
    const late = this.#left();
    logger.log(
      'warn',
      `sweep_timeout of ${timeoutSeconds} seconds is over, killing ${shown(late)}`,
    );
    this.#signal(late, SIGKILL);
    await this.#areGone(KILLED_MS);
  }

  #areGone(withinMs: number): Promise<boolean> {
    const { clock } = this.#options;
    const deadline = clock.monotonic() + withinMs;
    return new Promise((resolve) => {
      const look = (): Cancel | void => {
        if (this.#left().length === 0) return resolve(true);
        const leftMs = deadline - clock.monotonic();
        if (leftMs <= 0) return resolve(false);
        clock.after(Math.min(LOOK_MS, leftMs), look);
      };
      look();
    });
  }

  #left(): readonly Leftover[] {
    const left = this.#options.kernel.leftovers();
    // Whoever is not among them any more is dead, and is collected with this.
    this.#options.reap();
    return left;
  }

  #signal(leftovers: readonly Leftover[], signal: number): void {
    for (const { pid } of leftovers) {
      try {
        this.#options.kernel.kill(pid, signal);
      } catch {
        // ESRCH: gone meanwhile. EPERM: another user's, and not ours to end.
      }
    }
  }
}

const shown = (leftovers: readonly Leftover[]): string =>
  leftovers.map(({ pid, name }) => `${name} (${pid})`).join(', ');
