import { Ending } from './ending/ending.ts';
import { Life } from './ending/life.ts';
import { errorText } from './errors.ts';
import { EventBus } from './events/bus.ts';
import { Ticks } from './events/ticks.ts';
import { ConfiguredGroups } from './group/configured-groups.ts';
import { Group } from './group/group.ts';
import type { AutoLogs } from './group/group.ts';
import { StartQueue } from './group/start-queue.ts';
import { Children } from './process/children.ts';
import { StartPace } from './process/start-pace.ts';
import type { SupervisorOptions } from './supervisor-options.ts';

/** What a supervisor is made of. */
export interface Parts {
  readonly events: EventBus;
  readonly groups: ConfiguredGroups;
  readonly children: Children;
  readonly ending: Ending;
  readonly life: Life;
}

/** Makes the parts of a supervisor, and makes them known to those that need them. */
export function makeParts(options: Required<SupervisorOptions>): Parts {
  const { clock, kernel, logger, reap, guest, serials, resultHandlers, ownListeners } = options;
  const events = new EventBus((error, event) =>
    logger.log('error', `a listener to ${event.type} failed: ${errorText(error)}`),
  );
  const ticks = new Ticks(events, clock);
  const startPace = new StartPace(clock);
  const startQueue = new StartQueue(clock);
  const autoLogs: AutoLogs = new WeakMap();
  const groups = new ConfiguredGroups(options.config, {
    events,
    startQueue,
    make: (config) =>
      new Group(config, {
        clock,
        kernel,
        logger,
        events,
        serials,
        resultHandlers,
        ownListeners,
        supervisord: groups.config.supervisord,
        autoLogs,
        startPace,
        isSupervising: () => life.isRunning,
        spawned: (process, pid) => children.spawned(process, pid),
        collect: (pid) => children.reapOne(pid),
      }),
  });
  const { active } = groups;
  const ending = new Ending({
    groups: active.all,
    supervisord: () => groups.config.supervisord,
    clock,
    kernel,
    logger,
    events,
    ownsAll: reap === 'any',
    reap: () => children.reap(),
    collectInTurn: (groups) => children.collectInTurn(groups),
    end: () => void life.shutdown('SHUTDOWN'),
  });
  const life = new Life({
    ending,
    startQueue,
    events,
    clock,
    closesItself: guest !== undefined,
    release: () => {
      children.close();
      ticks.close();
      for (const group of active.all) group.close();
      events.close();
    },
  });
  /** This program exits: nobody will wait for them, but they are asked. */
  const abandon = (): void => {
    life.cutShort();
    for (const process of active.processes) process.shutDown();
  };
  const children = new Children({
    kernel,
    logger,
    reap,
    attended: guest && { exiting: () => guest.stopOnExit && abandon() },
  });
  return { events, groups, children, ending, life };
}
