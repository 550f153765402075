/** What a reread finds different. */
import { socketUrl } from './describe.ts';
import { everyOption } from './options/program.ts';
import { rowsOf, valueIn, type Row } from './options/table.ts';
import type { GroupConfig, ProcessConfig } from './types.ts';

/** Names of groups: added and changed in the order of the new config, removed in that of the active groups. */
export interface GroupChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export function compareGroups(
  active: readonly GroupConfig[],
  next: readonly GroupConfig[],
): GroupChanges {
  const activeByName = new Map(active.map((group) => [group.name, group]));
  const nextNames = new Set(next.map(({ name }) => name));
  const isChanged = (group: GroupConfig): boolean => {
    const before = activeByName.get(group.name);
    return before !== undefined && !sameGroup(before, group);
  };
  return {
    added: next.map(({ name }) => name).filter((name) => !activeByName.has(name)),
    changed: next.filter(isChanged).map(({ name }) => name),
    removed: active.map(({ name }) => name).filter((name) => !nextNames.has(name)),
  };
}

function sameGroup(active: GroupConfig, next: GroupConfig): boolean {
  return (
    active.priority === next.priority &&
    active.processes.length === next.processes.length &&
    active.processes.every((process, index) => sameProcess(process, next.processes[index]!)) &&
    sameKind(active, next)
  );
}

function sameKind(active: GroupConfig, next: GroupConfig): boolean {
  if (active.type === 'eventlistener' && next.type === 'eventlistener') {
    return (
      active.bufferSize === next.bufferSize &&
      active.resultHandler === next.resultHandler &&
      active.recoversListeners === next.recoversListeners &&
      sameContent(active.events, next.events)
    );
  }
  // Owner, mode and backlog are set when a socket is made, and not looked at again.
  if (active.type === 'fcgi-program' && next.type === 'fcgi-program') {
    return socketUrl(active.socket) === socketUrl(next.socket);
  }
  return active.type === next.type;
}

const rows = rowsOf(everyOption)
  .map(([, row]) => row)
  .filter((row) => row.to !== undefined);

function sameProcess(active: ProcessConfig, next: ProcessConfig): boolean {
  return active.name === next.name && rows.every((row) => sameValue(row, active, next));
}

function sameValue(row: Row, active: ProcessConfig, next: ProcessConfig): boolean {
  const before = valueIn(active, row);
  const after = valueIn(next, row);
  return row.type.same ? row.type.same(before, after) : sameContent(before, after);
}

/** Values hold nothing but plain data. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  return (
    keysOfA.length === keysOfB.length &&
    keysOfA.every(
      (key) =>
        Object.hasOwn(b, key) &&
        sameContent((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
