import { readdirSync, readlinkSync } from 'node:fs';

/** How many descriptors a process has, by what they are. */
export type Descriptors = Readonly<Record<'pipe' | 'socket' | 'file' | 'other', number>>;

export function descriptorsOf(pid: number): Descriptors {
  const counts = { pipe: 0, socket: 0, file: 0, other: 0 };
  for (const target of targetsOf(pid)) counts[kindOf(target)] += 1;
  return counts;
}

/** The paths of the files that a process has open, each as often as it is. */
export const filesOf = (pid: number): string[] =>
  targetsOf(pid).filter((target) => kindOf(target) === 'file');

function targetsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return 'closed meanwhile';
    }
  });
}

function kindOf(target: string): keyof Descriptors {
  if (target.startsWith('pipe:')) return 'pipe';
  if (target.startsWith('socket:')) return 'socket';
  return /^\/(?!dev\/)|^\/dev\/shm\//.test(target) ? 'file' : 'other';
}
