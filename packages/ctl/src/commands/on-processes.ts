import { Forbidden, RemoteFault } from '../errors.ts';
import { exitStatus, faultCode } from '../exit-status.ts';
import { parseName } from '../names.ts';
import type { ProcessStatus } from '../remote.ts';
import type { Session } from '../session.ts';
import { report, type Wording } from './results.ts';

/** The three calls that do the same to one process, to a group, to all. */
export interface ProcessCalls {
  readonly wording: Wording;
  readonly one: (name: string) => Promise<unknown>;
  /** Absent: a group is asked for like a process. */
  readonly group?: (group: string) => Promise<readonly ProcessStatus[]>;
  readonly all: () => Promise<readonly ProcessStatus[]>;
  /** The exit status for a group that does not exist. */
  readonly unknownGroupStatus?: number;
}

/** Does it to each name in turn, or to all if one of the names is `all`. */
export async function onProcesses(
  session: Session,
  names: readonly string[],
  calls: ProcessCalls,
): Promise<void> {
  if (names.includes('all')) {
    for (const result of await calls.all()) report(session, result, calls.wording);
    return;
  }
  for (const name of names) {
    const { group, process } = parseName(name);
    if (process === null && calls.group !== undefined) {
      await onGroup(session, group, calls, calls.group);
    } else {
      await onProcess(session, name, calls);
    }
  }
}

async function onGroup(
  session: Session,
  group: string,
  calls: ProcessCalls,
  call: NonNullable<ProcessCalls['group']>,
): Promise<void> {
  let results: readonly ProcessStatus[];
  try {
    results = await call(group);
  } catch (error) {
    if (!(error instanceof RemoteFault)) throw error;
    if (error.code === faultCode.forbidden) throw new Forbidden(group);
    if (error.code !== faultCode.badName) throw error;
    const status = calls.unknownGroupStatus ?? exitStatus.generic;
    session.fail(`${group}: ERROR (no such group)`, status);
    return;
  }
  for (const result of results) report(session, result, calls.wording);
}

async function onProcess(session: Session, name: string, calls: ProcessCalls): Promise<void> {
  const { group, process } = parseName(name);
  let status: number = faultCode.success;
  let description = 'OK';
  try {
    await calls.one(name);
  } catch (error) {
    if (!(error instanceof RemoteFault)) throw error;
    // The next one would be refused too.
    if (error.code === faultCode.forbidden) throw new Forbidden(name);
    status = error.code;
    description = error.text;
  }
  report(session, { group, name: process, status, description }, calls.wording);
}
