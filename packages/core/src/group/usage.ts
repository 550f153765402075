import type { Kernel } from '../kernel.ts';
import type { Process } from '../process/process.ts';
import { usageOf } from '../process/usage.ts';
import type { Usage } from '../process/usage.ts';
import { namespecText } from './namespec.ts';

/** What those that run use, by namespec. */
export function usageByName(
  processes: readonly Process[],
  kernel: Pick<Kernel, 'processes'>,
): ReadonlyMap<string, Usage> {
  const running = processes.filter(({ pid }) => pid > 0);
  if (running.length === 0) return new Map();
  const pids = running.map(({ pid }) => pid);
  const usages = usageOf(pids, kernel.processes());
  return new Map(
    running.flatMap(({ group, name, pid }) => {
      const usage = usages.get(pid);
      return usage === undefined ? [] : [[namespecText(group, name), usage] as const];
    }),
  );
}
