import type { Config } from '@tsvisor/config';

import type { EventBus } from '../events/bus.ts';
import { logLevels } from '../logger.ts';
import type { Logger } from '../logger.ts';
import type { SupervisorOptions } from '../supervisor-options.ts';
import type { HostLogger, HostOptions } from './options.ts';

/** What would be wrong to pass over in silence, such as a listener that throws, is a warning of Node's. */
const silent: Logger = {
  passes: (level) => logLevels[level] >= logLevels.error,
  log(level, text) {
    if (this.passes(level)) process.emitWarning(text, 'SupervisorWarning');
  },
};

/** What makes a supervisor that is a guest in this program. */
export function guestOptions(config: Config, host: HostOptions): SupervisorOptions {
  const { clock, kernel, resultHandlers, stopOnExit = true } = host;
  return {
    config,
    logger: host.logger === undefined ? silent : loggerOf(host.logger),
    reap: 'own',
    guest: { stopOnExit },
    ...(clock && { clock }),
    ...(kernel && { kernel }),
    ...(resultHandlers && { resultHandlers }),
  };
}

/** What is needed here of a supervisor. */
interface Beginner {
  readonly config: Config;
  readonly events: Pick<EventBus, 'subscribe'>;
  addGroups(): void;
  run(): void;
  shutdown(): Promise<void>;
  close(): void;
}

/** From its making to its first starts; it ends when the host's signal fires. @throws {SpawnError} */
export function beginAsGuest(supervisor: Beginner, { logger, signal }: HostOptions): void {
  try {
    for (const text of supervisor.config.messages.warn) logger?.log('warn', text);
    supervisor.addGroups();
  } catch (error) {
    supervisor.close();
    throw error;
  }
  const end = (): void => void supervisor.shutdown();
  signal?.addEventListener('abort', end, { once: true });
  supervisor.events.subscribe('SUPERVISOR_STATE_CHANGE_STOPPING', () =>
    signal?.removeEventListener('abort', end),
  );
  supervisor.run();
}

const loggerOf = (logger: HostLogger): Logger => ({
  passes: (level) => logger.passes?.(level) ?? logLevels[level] >= logLevels.info,
  log(level, text) {
    if (this.passes(level)) logger.log(level, text);
  },
});
