import { done, quietly, told, toldOfAll, unexpected } from './action.ts';
import type { Call, Outcome } from './action.ts';

export interface GroupAction {
  readonly call: Call;
  readonly group: string;
  /** Its processes, as `group:name`. */
  readonly members: readonly string[];
  readonly signal: string;
}

type OnGroup = (action: GroupAction) => Promise<Outcome>;

export const actionsOnGroup: ReadonlyMap<string, OnGroup> = new Map<string, OnGroup>([
  [
    'startgroup',
    ({ call, group }) =>
      toldOfAll(
        call('supervisor.startProcessGroup', [group]),
        `Group ${group} started`,
        `Group ${group}`,
      ),
  ],
  [
    'stopgroup',
    ({ call, group }) =>
      toldOfAll(
        call('supervisor.stopProcessGroup', [group]),
        `Group ${group} stopped`,
        `Group ${group}`,
      ),
  ],
  [
    'restartgroup',
    async ({ call, group }) => {
      await quietly(call('supervisor.stopProcessGroup', [group]));
      const started = call('supervisor.startProcessGroup', [group]);
      return toldOfAll(started, `Group ${group} restarted`, `Group ${group}`);
    },
  ],
  [
    'cleargroup',
    async ({ call, group, members }) => {
      for (const member of members) {
        const cleared = await told(call('supervisor.clearProcessLogs', [member]), '', unexpected);
        if (cleared.failed) return cleared;
      }
      return done(`Logs of group ${group} cleared`);
    },
  ],
  [
    'signalgroup',
    ({ call, group, signal }) =>
      toldOfAll(
        call('supervisor.signalProcessGroup', [group, signal]),
        `Signal ${signal} sent to group ${group}`,
        `Group ${group}`,
      ),
  ],
]);
