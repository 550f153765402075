import type { Logger } from '@tsvisor/core';

import type { Engine } from './life.ts';

/**
 * Has everything stopped so that it begins anew, if it can: a configuration that cannot be read
 * would end the daemon once its programs have stopped, as it ends supervisord.
 */
export function restart(
  engine: Pick<Engine, 'state' | 'shutdown'>,
  readConfig: () => unknown,
  logger: Logger,
): void {
  if (engine.state === 'RUNNING') {
    try {
      readConfig();
    } catch (error) {
      const { message } = error as Error;
      logger.log('critical', `not restarting, the configuration cannot be used: ${message}`);
      return;
    }
  }
  void engine.shutdown('RESTARTING');
}
