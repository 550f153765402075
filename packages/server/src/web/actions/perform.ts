import type { Call, Outcome } from './action.ts';
import { failed } from './action.ts';
import { actionsOnAll } from './on-all.ts';
import { actionsOnGroup } from './on-group.ts';
import { actionsOnProcess } from './on-process.ts';

export interface Action {
  readonly action: string;
  /** As given: `name` or `group:name`. */
  readonly processName: string | undefined;
  readonly groupName: string | undefined;
  /** A name or a number, as given; what is none is a fault. */
  readonly signal: string;
  readonly call: Call;
  readonly isProcess: (name: string) => boolean;
  /** The processes of a group; undefined: there is no such group. */
  readonly members: (group: string) => readonly string[] | undefined;
  readonly now: () => Date;
}

/**
 * Performs one action of the status page and words what came of it (web.md §2).
 *
 * @throws {Error} an action that there is not
 */
export async function performAction(request: Action): Promise<Outcome> {
  const { action, processName, groupName, isProcess, call, signal } = request;
  const onAll = actionsOnAll.get(action);
  if (onAll !== undefined) return onAll(request);
  const onGroup = actionsOnGroup.get(action);
  if (onGroup !== undefined && groupName !== undefined) {
    const members = request.members(groupName);
    if (members === undefined) return failed(`No such group named ${groupName}`);
    return onGroup({ call, group: groupName, members, signal });
  }
  if (processName === undefined) throw new Error(`no such action: ${action}`);
  if (!isProcess(processName)) return failed(`No such process named ${processName}`);
  const onProcess = actionsOnProcess.get(action);
  if (onProcess === undefined) throw new Error(`no such action: ${action}`);
  return onProcess(call, processName, signal);
}
