import { readdirSync, readlinkSync } from 'node:fs';

/** How many descriptors a process has, by what they are. */
export type Descriptors = Readonly<Record<'pipe' | 'socket' | 'file' | 'other', number>>;

export function descriptorsOf(pid: number): Descriptors {
  const counts = { pipe: 0, socket: 0, file: 0, other: 0 };
  for (const fd of readdirSync(`/proc/${pid}/fd`)) {
    counts[kindOf(`/proc/${pid}/fd/${fd}`)] += 1;
  }
  return counts;
}

function kindOf(link: string): keyof Descriptors {
  try {
    const target = readlinkSync(link);
    if (target.startsWith('pipe:')) return 'pipe';
    if (target.startsWith('socket:')) return 'socket';
    return /^\/(?!dev\/)|^\/dev\/shm\//.test(target) ? 'file' : 'other';
  } catch {
    // Closed meanwhile.
    return 'other';
  }
}
