import { SupervisorError, parseNamespec } from '@tsvisor/core';
import type { Process, Supervisor } from '@tsvisor/core';

import { EventSubscription } from './event-subscription.ts';
import { LogSubscription } from './log-subscription.ts';
import { Refusal } from './messages.ts';
import type { Wish } from './messages.ts';
import { StateSubscription } from './state-subscription.ts';
import type { Outlet, Sources, Subscription } from './subscription.ts';
import { UsageSubscription } from './usage-subscription.ts';

/**
 * What a client wishes for, ready to begin.
 *
 * @throws {Refusal} BAD_NAME, NO_FILE
 */
export function open(wish: Wish, sources: Sources, id: string): (outlet: Outlet) => Subscription {
  const { supervisor, mainLog, feeds } = sources;
  switch (wish.to) {
    case 'states':
      return (outlet) => new StateSubscription(outlet, feeds.states);
    case 'usage':
      return (outlet) => new UsageSubscription(outlet, feeds.usage.every(wish.every));
    case 'events':
      return (outlet) => new EventSubscription(outlet, feeds.events, wish.names);
    case 'mainlog': {
      const subscription = followed(
        id,
        'of the daemon itself',
        () => new LogSubscription(mainLog, wish),
      );
      return (outlet) => subscription.begin(outlet);
    }
    case 'log': {
      const { channel } = wish;
      const process = processNamed(supervisor, wish.process, id);
      const log = process.log(channel);
      const subscription = followed(
        id,
        `${channel} of ${wish.process}`,
        () => new LogSubscription(log, wish, () => log.tail(0, 0).size),
      );
      return (outlet) => {
        const stop = supervisor.watchProcesses((group) => {
          if (group !== process.group) return;
          if (supervisor.group(group)?.process(process.name) !== process) subscription.end();
        });
        return subscription.begin(outlet, stop);
      };
    }
  }
}

/** @throws {Refusal} NO_FILE */
function followed(id: string, which: string, make: () => LogSubscription): LogSubscription {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SupervisorError)) throw error;
    throw new Refusal('NO_FILE', `there is no log ${which}`, id);
  }
}

/** A whole group has no log. @throws {Refusal} BAD_NAME */
function processNamed(supervisor: Supervisor, name: string, id: string): Process {
  const { group, process } = parseNamespec(name);
  const found = process === null ? undefined : supervisor.group(group)?.process(process);
  if (found === undefined) throw new Refusal('BAD_NAME', `there is no process ${name}`, id);
  return found;
}
