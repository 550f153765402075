import type { GroupConfig, SupervisordConfig } from '@tsvisor/config';

import type { Clock } from '../clock.ts';
import type { EventBus } from '../events/bus.ts';
import type { Kernel } from '../kernel.ts';
import type { Logger } from '../logger.ts';
import { Process } from '../process/process.ts';

import { FcgiSocket } from './fcgi-socket.ts';

/** What a group needs of its supervisor. */
export interface GroupContext {
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly logger: Logger;
  readonly events: EventBus;
  readonly supervisord: SupervisordConfig;
  /** False from the moment the supervisor goes down or restarts. */
  isSupervising(): boolean;
  /** A child has come to be, and is to be waited for. */
  spawned(process: Process, pid: number): void;
}
