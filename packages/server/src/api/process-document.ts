import { namespecText } from '@tsvisor/core';
import type { Group, Process, ProcessState } from '@tsvisor/core';

/** A process as JSON tells of it: in the API, on the stream and in the pages. */
export interface ProcessDocument {
  readonly name: string;
  readonly group: string;
  /** How people and methods call it: `group:name`, or `name` where both are the same. */
  readonly namespec: string;
  readonly kind: Group['config']['type'];
  readonly state: ProcessState;
  /** As `status` words it: `pid 42, uptime 0:00:07`. */
  readonly description: string;
  /** null: it has none now. */
  readonly pid: number | null;
  /** ISO 8601, UTC; null: never. */
  readonly startedAt: string | null;
  readonly stoppedAt: string | null;
  /** Seconds, by a clock that never steps back; null: it does not run. */
  readonly uptime: number | null;
  /** Of its last end; -1: ended by a signal; null: none, or not known. */
  readonly exitStatus: number | null;
  readonly spawnError: string | null;
  /** How often it has been started again. */
  readonly restarts: number;
}

export function processDocument(process: Process, kind: ProcessDocument['kind']): ProcessDocument {
  const { name, group, state, pid, restarts } = process;
  const { exitStatus, spawnError } = process.facts;
  return {
    name,
    group,
    namespec: namespecText(group, name),
    kind,
    state,
    description: process.description,
    pid: pid === 0 ? null : pid,
    ...timesOf(process.facts),
    uptime: process.isRunning ? Math.floor(process.elapsedMs / 1000) : null,
    exitStatus,
    spawnError,
    restarts,
  };
}

/** They are worded once for all that ask between two changes: it is half the work of a document. */
const times = new WeakMap<Process['facts'], Times>();
type Times = Pick<ProcessDocument, 'startedAt' | 'stoppedAt'>;

function timesOf(facts: Process['facts']): Times {
  let worded = times.get(facts);
  if (worded === undefined) {
    worded = { startedAt: isoTime(facts.startedAt), stoppedAt: isoTime(facts.stoppedAt) };
    times.set(facts, worded);
  }
  return worded;
}

const isoTime = (at: number): string | null => (at === 0 ? null : new Date(at).toISOString());
