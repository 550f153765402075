// What the kernel tells of processes. A process that is gone is undefined, or counts as nothing.
import { readFileSync, readdirSync } from 'node:fs';

/** The kernel's USER_HZ: the same on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

export interface Stat {
  readonly pid: number;
  readonly command: string;
  readonly state: string;
  readonly session: number;
  readonly cpuSeconds: number;
}

/** See proc_pid_stat(5). */
export function statOf(pid: number): Stat | undefined {
  const text = read(`/proc/${pid}/stat`);
  const close = text.lastIndexOf(')');
  if (close === -1) return undefined;
  const fields = text.slice(close + 2).split(' ');
  return {
    pid,
    command: text.slice(text.indexOf('(') + 1, close),
    state: fields[0] ?? '',
    session: Number(fields[3]),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
  };
}

/** User and system time of all threads, to 10 ms. */
export const cpuSecondsOf = (pid: number): number => statOf(pid)?.cpuSeconds ?? 0;

/** Of a process with one thread, to the nanosecond; it counts while the process sleeps. */
export const exactCpuSecondsOf = (pid: number): number =>
  Number(read(`/proc/${pid}/schedstat`).split(' ')[0]) / 1e9;

/** Children that its first thread has started. */
export const childrenOf = (pid: number): number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

/** How often one of its threads has begun to wait. */
export function waitsOf(pid: number): number {
  let waits = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const status = read(`/proc/${pid}/task/${thread}/status`);
    waits += Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  }
  return waits;
}

/** Memory that is its own and has been written to. */
export function privateDirtyMebibytesOf(pid: number): number {
  const rollup = read(`/proc/${pid}/smaps_rollup`);
  return Number(/^Private_Dirty:\s*(\d+) kB/m.exec(rollup)?.[1]) / 1024;
}

/** All that live (zombies do not) in one of these sessions. */
export function membersOf(sessions: ReadonlySet<number>): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => statOf(Number(entry)))
    .filter((stat) => stat !== undefined)
    .filter(({ session, state }) => sessions.has(session) && state !== 'Z' && state !== 'X')
    .map(({ pid }) => pid);
}
