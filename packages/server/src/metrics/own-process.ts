import { readFileSync, readdirSync } from 'node:fs';

/** Facts of the daemon's own process, undefined where the kernel does not tell. */
export const ownProcess = {
  cpuSeconds(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  residentBytes: (): number => process.memoryUsage.rss(),
  /** Without the one that reads the folder. */
  openFds: (): number | undefined => attempt(() => readdirSync('/proc/self/fd').length - 1),
  /** The soft limit; infinite if there is none. */
  maxFds: (): number | undefined =>
    attempt(() => {
      const limits = readFileSync('/proc/self/limits', 'utf8');
      const [, soft] = /^Max open files +(\S+)/m.exec(limits) ?? [];
      return soft === 'unlimited' ? Infinity : Number(soft);
    }),
  /** The same in each answer, whatever becomes of the wall clock. */
  startedAtSeconds: (): number => performance.timeOrigin / 1000,
  heap: (): { used: number; total: number } => {
    const { heapUsed, heapTotal } = process.memoryUsage();
    return { used: heapUsed, total: heapTotal };
  },
};

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // No /proc, or no descriptor left to read it with.
    return undefined;
  }
}
