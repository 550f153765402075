import type { Config } from '@tsvisor/config';

import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { ResultHandlers } from './events/result-handlers.ts';
import { Serials } from './events/serials.ts';
import type { Kernel } from './kernel.ts';
import { posixKernel } from './kernel/posix-kernel.ts';
import type { Logger } from './logger.ts';
import type { OwnPrograms } from './process/command.ts';
import type { ReapPolicy } from './process/reaper.ts';

/** What a supervisor is made of by its constructor. */
export interface SupervisorOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly kernel?: Kernel;
  /** Which dead children are collected; `own` if left out. */
  readonly reap?: ReapPolicy;
  /** What judges the results of event listeners, by the names that `result_handler` has. */
  readonly resultHandlers?: ResultHandlers;
  /** What serves as an event listener whose command is not there, by the name of its file. */
  readonly ownListeners?: OwnPrograms;
  /** The numbers of events; they go on over a restart in the same operating system process. */
  readonly serials?: Serials;
  /**
   * It is a guest in some program: it notices by itself when a child dies, keeps the program alive
   * while it has children, and is closed by its shutdown. Left out: whoever has made it sees to that.
   */
  readonly guest?: { readonly stopOnExit: boolean } | undefined;
}

export const withDefaults = (options: SupervisorOptions): Required<SupervisorOptions> => ({
  clock: systemClock,
  kernel: posixKernel,
  reap: 'own',
  serials: new Serials(),
  resultHandlers: {},
  ownListeners: {},
  guest: undefined,
  ...options,
});
