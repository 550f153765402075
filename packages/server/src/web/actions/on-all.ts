import { ctime } from '../ctime.ts';
import { done, quietly, toldOfAll } from './action.ts';
import type { Call, Outcome } from './action.ts';

export interface ActionOnAll {
  readonly call: Call;
  readonly now: () => Date;
  readonly signal: string;
}

type OnAll = (action: ActionOnAll) => Promise<Outcome>;

export const actionsOnAll: ReadonlyMap<string, OnAll> = new Map<string, OnAll>([
  ['refresh', async ({ now }) => done(`Page refreshed at ${ctime(now())}`)],
  [
    'startall',
    async ({ call, now }) => {
      const outcome = await toldOfAll(
        call('supervisor.startAllProcesses', []),
        '',
        'Not all started',
      );
      return outcome.failed ? outcome : done(`All started at ${ctime(now())}`);
    },
  ],
  [
    'stopall',
    async ({ call, now }) => {
      await call('supervisor.stopAllProcesses', []);
      return done(`All stopped at ${ctime(now())}`);
    },
  ],
  [
    'restartall',
    async ({ call, now }) => {
      await quietly(call('supervisor.stopAllProcesses', []));
      await quietly(call('supervisor.startAllProcesses', []));
      return done(`All restarted at ${ctime(now())}`);
    },
  ],
  [
    'clearall',
    async ({ call, now }) => {
      const cleared = call('supervisor.clearAllProcessLogs', []);
      const outcome = await toldOfAll(cleared, '', 'Not all logs cleared');
      return outcome.failed ? outcome : done(`All logs cleared at ${ctime(now())}`);
    },
  ],
  [
    'signalall',
    ({ call, signal }) =>
      toldOfAll(
        call('supervisor.signalAllProcesses', [signal]),
        `Signal ${signal} sent to all`,
        'Not all signalled',
      ),
  ],
]);
