/**
 * Watches what watch_config= and watch= name. What does it is loaded only where one of them is set:
 * it costs a start time and memory.
 */
import { isModulePlugin } from '@tsvisor/config';
import type { Config, ReadingObserver } from '@tsvisor/config';
import type { Clock, Logger, Supervisor } from '@tsvisor/core';

import type { ProgramWatches } from './program-watches.ts';

export interface WatchingOptions {
  readonly config: Config;
  readonly supervisor: Supervisor;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Reads the configuration as it was read at the start. */
  readonly read: (observer: ReadingObserver) => Config;
}

/** From the start of the first program until everything is stopped. */
export function watchFiles(options: WatchingOptions): void {
  const { config, supervisor } = options;
  if (config.supervisord.watchConfig !== 'off') {
    supervisor.events.subscribe('SUPERVISOR_STATE_CHANGE_RUNNING', () => watchConfig(options));
  }
  let watches: Promise<ProgramWatches> | undefined;
  supervisor.events.subscribe('PROCESS_STATE_STARTING', ({ process: { group, name } }) => {
    const process = supervisor.group(group)?.process(name);
    if (process === undefined || process.config.watch.length === 0) return undefined;
    watches ??= watchPrograms(options);
    return watches.then((all) => {
      if (supervisor.state === 'RUNNING') all.started(process);
    });
  });
}

async function watchConfig({ config, read, supervisor, ...rest }: WatchingOptions): Promise<void> {
  const [{ ConfigWatch }, { watchPlaces }] = await Promise.all([
    import('./config-watch.ts'),
    import('./place-watcher.ts'),
  ]);
  if (supervisor.state !== 'RUNNING') return;
  const check = async (next: Config): Promise<void> => {
    if (!next.rpcInterfaces.some(({ factory }) => isModulePlugin(factory))) return;
    const { checkModules } = await import('@tsvisor/server');
    await checkModules(next);
  };
  const watch = new ConfigWatch({
    started: config,
    supervisor,
    read,
    check,
    watch: watchPlaces,
    ...rest,
  });
  supervisor.events.subscribe('SUPERVISOR_STATE_CHANGE_STOPPING', () => watch.close());
  watch.start();
}

async function watchPrograms({
  config: { supervisord },
  supervisor,
  clock,
  logger,
}: WatchingOptions): Promise<ProgramWatches> {
  const { ProgramWatches } = await import('./program-watches.ts');
  const ownFiles = [supervisord.logfile, supervisord.pidfile];
  const watches = new ProgramWatches({ supervisor, clock, logger, ownFiles });
  supervisor.events.subscribe('PROCESS_GROUP_REMOVED', ({ group }) => watches.groupRemoved(group));
  supervisor.events.subscribe('SUPERVISOR_STATE_CHANGE_STOPPING', () => watches.close());
  return watches;
}
