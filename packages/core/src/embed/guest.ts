import type { Config } from '@tsvisor/config';

import { logLevels } from '../logger.ts';
import type { Logger } from '../logger.ts';
import type { SupervisorOptions } from '../supervisor.ts';
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

const loggerOf = (logger: HostLogger): Logger => ({
  passes: (level) => logger.passes?.(level) ?? logLevels[level] >= logLevels.info,
  log(level, text) {
    if (this.passes(level)) logger.log(level, text);
  },
});
