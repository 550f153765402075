/**
 * Brings the active groups to what has been read, as `update` of tsvctl does: first the groups that
 * are gone, then those that have changed, then the new ones, one after another.
 */
import type { GroupChanges } from '@tsvisor/config';

import { SpawnError, SupervisorError } from '../errors.ts';
import type { SupervisorErrorCode } from '../errors.ts';
import type { Group } from '../group/group.ts';
import type { SupervisorState } from '../process/states.ts';

/** What was done, by the names of groups, and what could not be. */
export interface UpdateResult extends GroupChanges {
  readonly failed: readonly FailedUpdate[];
}

/** What an update could not do to a group, and why. */
export interface FailedUpdate {
  readonly group: string;
  /** What was to be done: a group that `change` has removed already is not active any more. */
  readonly what: 'remove' | 'change' | 'add';
  readonly code: SupervisorErrorCode;
  /** For a person. */
  readonly why: string;
}

/** What an update needs of the supervisor. */
export interface Updatable {
  readonly state: SupervisorState;
  group(name: string): Group | undefined;
  addGroup(name: string): unknown;
  removeGroup(name: string): void;
}

/** Somebody may start what has just been stopped: after so many times the group is left to them. */
const MOST_STOPS = 3;

/** Performs a plan; what goes wrong with one group does not keep the others. */
export async function performUpdate(
  supervisor: Updatable,
  { removed, changed, added }: GroupChanges,
): Promise<UpdateResult> {
  const failed: FailedUpdate[] = [];
  const each = async (
    what: FailedUpdate['what'],
    groups: readonly string[],
    act: (group: string) => void | Promise<void>,
  ): Promise<string[]> => {
    const done: string[] = [];
    for (const group of groups) {
      try {
        refuseUnlessRunning(supervisor);
        await act(group);
        done.push(group);
      } catch (error) {
        failed.push({ group, what, ...reasonOf(error) });
      }
    }
    return done;
  };
  const remove = (group: string): Promise<void> => stopAndRemove(supervisor, group);
  const add = (group: string): void => void supervisor.addGroup(group);
  return {
    removed: await each('remove', removed, remove),
    changed: await each('change', changed, async (group) => {
      await remove(group);
      add(group);
    }),
    added: await each('add', added, add),
    failed,
  };
}

/** A group that somebody else has removed meanwhile is as it should be. */
async function stopAndRemove(supervisor: Updatable, name: string): Promise<void> {
  for (let stops = 1; ; stops++) {
    const group = supervisor.group(name);
    if (group === undefined) return;
    if (group.isStopped || stops > MOST_STOPS) break;
    await stop(group);
    refuseUnlessRunning(supervisor);
  }
  const lost = supervisor.group(name)?.processes.find(({ pid, isStopped }) => isStopped && pid > 0);
  if (lost !== undefined) {
    throw new SupervisorError('FAILED', `${lost.name} (pid ${lost.pid}) cannot be stopped`);
  }
  supervisor.removeGroup(name);
}

async function stop({ processes }: Group): Promise<void> {
  for (const process of processes) if (process.isRunning) process.beginStop();
  await Promise.all(processes.map((process) => process.whenStopped()));
}

/** A shutdown stops the groups itself, and nothing is added any more. */
function refuseUnlessRunning({ state }: Updatable): void {
  if (state !== 'RUNNING')
    throw new SupervisorError('SHUTDOWN_STATE', 'everything is being stopped');
}

function reasonOf(error: unknown): Pick<FailedUpdate, 'code' | 'why'> {
  if (error instanceof SpawnError) return { code: 'FAILED', why: error.why };
  if (!(error instanceof SupervisorError)) throw error;
  return { code: error.code, why: sentences[error.code] ?? error.detail };
}

const sentences: Readonly<Partial<Record<SupervisorErrorCode, string>>> = {
  BAD_NAME: 'another reading of the file has taken it out again',
  ALREADY_ADDED: 'somebody else has added it meanwhile',
  STILL_RUNNING: 'somebody starts its programs again as they are stopped',
};
